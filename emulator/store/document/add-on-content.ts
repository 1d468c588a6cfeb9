import { z } from 'zod';
import { CONTENT_TYPES, FILE_STATUSES, LIFETIMES, PUBLISH_MODES, VISIBILITIES } from './enums';
import { date, prices, Rules } from './rules';

/** *Documented*: an icon has no id; a listing has at most one. */
const icon = z.object({
  fileName: z.string().default(''),
  fileStatus: z.enum(FILE_STATUSES).default('None'),
});

function listing(rules: Rules) {
  return z.object({
    description: rules.text(200).default(''),
    icon: icon.optional(),
    title: rules.required(100).prefault(''),
  });
}

function addOnContent(rules: Rules) {
  return z.object({
    contentType: rules.oneOf(CONTENT_TYPES).default('NotSet'),
    keywords: rules.texts(10, 30).default([]),
    lifetime: rules.oneOf(LIFETIMES).default('Forever'),
    listings: z.record(z.string(), listing(rules)).default({}),
    pricing: z.object(prices(rules)).prefault({}),
    targetPublishDate: date,
    targetPublishMode: rules.oneOf(PUBLISH_MODES).default('Immediate'),
    tag: rules.text(3000).default(''),
    visibility: rules.oneOf(VISIBILITIES).default('Public'),
  });
}

/**
 * The document of an add-on submission. Without anything it is the template of an add-on that was never published
 * (*observed*: `NotSet`, `Base`, no listings; the rest *assumed*).
 */
export const AddOnContent = addOnContent(new Rules(true));
export type AddOnContent = z.infer<typeof AddOnContent>;
/** The same without limits, lists of values and price tiers (switch `validation`). */
export const LenientAddOnContent = addOnContent(new Rules(false));

export type Icon = z.infer<typeof icon>;
