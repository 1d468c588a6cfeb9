import { z } from 'zod';
import { addOnContentTypes, addOnLifetimes, refusedContentTypes, visibilities } from '../domain/store/words';
import type { StoreAddOnChanges as DomainChanges } from '../domain/store/changes/document';
import type { Agree } from './agree';
import { IconItem } from './asset-files';
import { languageFaults } from './key-faults';
import { AddOnPricingChanges } from './store-pricing';
import { RequiredText, Text, TextList } from './texts';

const AddOnListingChanges = z
  .strictObject({
    title: RequiredText(100, 'What the add-on is called.').min(1).optional(),
    description: Text(200, 'What it is.').optional(),
    icon: IconItem.nullable().optional(),
  })
  .meta({ id: 'AddOnListingChanges', description: 'The listing of an add-on in one language.' });

/** A merge patch on the export of an add-on. */
export const StoreAddOnChanges = z
  .strictObject({
    contentType: z
      .enum([...addOnContentTypes, ...refusedContentTypes])
      .meta({ description: `The service refuses ${refusedContentTypes.join(', ')} where they are new.` })
      .optional(),
    keywords: TextList(10, 30, 'For search.').optional(),
    lifetime: z.enum(addOnLifetimes).optional(),
    listings: z
      .record(z.string(), AddOnListingChanges.nullable())
      .superRefine(languageFaults)
      .meta({ description: 'By language, as "en-us"; case does not matter. `null` takes a language out.' })
      .optional(),
    pricing: AddOnPricingChanges.optional(),
    tag: Text(3000, 'Data of your own, which the app can read.').optional(),
    visibility: z.enum(visibilities).optional(),
  })
  .meta({
    id: 'StoreAddOnChanges',
    description: 'A merge patch (RFC 7396) on the export of an add-on: absent = keep, null = clear.',
  });

type _Agreement = Agree<z.infer<typeof StoreAddOnChanges>, DomainChanges>;
const _agreement: _Agreement = true;
