import type { HttpRequest } from '@azure/functions';
import { Problem } from './problem';

/** The ids that may stand in an address below `/accounts/{account}/store`. */
export type StoreIds = Readonly<Record<keyof typeof forms, string>>;

const forms = {
  applicationId: /^[0-9A-Za-z]{12}$/,
  flightId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  addOnId: /^[0-9A-Za-z]{12}$/,
  submissionId: /^\d{1,32}$/,
} as const;

/**
 * The ids of an address, each empty where the address has none.
 *
 * @throws Problem `product-not-found` for what can be no id: Partner Center need not be asked
 */
export function storeIds({ params }: HttpRequest): StoreIds {
  const id = (name: keyof typeof forms): string => {
    const text = params[name] ?? '';
    if (text === '' || forms[name].test(text)) return text;
    throw new Problem('product-not-found', { detail: `"${text.slice(0, 60)}" is no ${name}.` });
  };
  return {
    applicationId: id('applicationId'),
    flightId: id('flightId'),
    addOnId: id('addOnId'),
    submissionId: id('submissionId'),
  };
}
