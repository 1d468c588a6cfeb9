import type { Call } from '../../core/call';
import type { Application, Kind, Product, Submission } from '../../core/model';
import type { Services } from '../../core/services';
import type { Switches } from '../../core/settings';
import type { Content } from '../document/content';
import type { Update, UpdateContext } from '../document/read-members';

/** A product with the application that it belongs to, or that it is. */
export interface FoundProduct {
  readonly product: Product;
  readonly application: Application;
}

/**
 * What differs between submissions of applications, of flights and of add-ons; the operations are the same. Its methods
 * are given documents of its own kind only: `findSubmission` sees to that.
 */
export interface ProductKind {
  readonly kind: Kind;
  /** In names of operations: `create…Submission`. */
  readonly name: '' | 'Flight' | 'AddOn';
  /** In texts for people. */
  readonly title: string;
  /** Path of a product; its submissions are below. */
  readonly path: string;
  /** Members that `isMinimalResponse` leaves out. */
  readonly minimalLeavesOut: readonly string[];
  /** The product in the path, if the caller may see it. */
  find(services: Services, call: Call): FoundProduct;
  /** Refuses a create where nothing was published that could be cloned, and nothing is pending. */
  refuseTemplate(switches: Switches): void;
  /** The document of a product that was never published. */
  template(): Content;
  /** What a draft becomes by a body. */
  read(body: Record<string, unknown>, context: UpdateContext<Content>): Update<Content>;
  /** A submission as on the wire. */
  render(submission: Submission, content: Content, options: RenderOptions): Record<string, unknown>;
}

/** What rendering a submission depends on, besides the submission. */
export interface RenderOptions {
  readonly switches: Switches;
  /** Absent for submissions of the portal. */
  readonly fileUploadUrl: string | undefined;
}
