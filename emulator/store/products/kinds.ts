import type { Kind } from '../../core/model';
import { addOn } from './add-on';
import { application } from './application';
import { flight } from './flight';
import type { ProductKind } from './product-kind';

/** Every kind of product that has submissions. */
export const KINDS: Readonly<Record<Kind, ProductKind>> = { application, flight, addOn };
