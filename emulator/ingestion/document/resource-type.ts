import type { Shape } from './shape';

/** What is known of one `resourceType`. */
export interface ResourceType {
  readonly shape: Shape;
  /** Members without which a request is refused. */
  readonly needs?: readonly string[];
  /** Members that keep their value whatever a PUT says. */
  readonly fixed?: readonly string[];
  /** What a PUT leaves in place of these. */
  readonly defaults?: Readonly<Record<string, unknown>>;
}
