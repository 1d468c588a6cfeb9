import type { Switches } from '../../core/settings';

/** Members without a value: left out, as *observed* today, or null, as older clients saw them (switch `absentMembers`). */
export function withAbsentMembers(rendered: Record<string, unknown>, switches: Switches): Record<string, unknown> {
  if (switches.absentMembers === 'omit') return rendered;
  return Object.fromEntries(Object.entries(rendered).map(([key, value]) => [key, value ?? null]));
}
