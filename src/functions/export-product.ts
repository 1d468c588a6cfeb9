import type { z } from 'zod';
import type { operations } from '../contracts/operations';
import type { ExportQuery } from '../contracts/parameters';
import { ReleaseTarget as TargetForm } from '../contracts/release-target';
import type { ReleaseTarget } from '../domain/release-document';
import { accountOf } from './accounts';
import type { Handler } from './http-route';
import { Problem } from './problem';
import { valueOf } from './remote-problem';
import type { FunctionServices } from './services';

/** `GET /accounts/{account}/export`: the live product as a release document that changes nothing. */
export function exportProduct(services: FunctionServices): Handler<typeof operations.exportProduct> {
  return {
    handle: async ({ request, query }) => {
      const account = accountOf(request, services);
      const exported = valueOf(await services.queries.export(account, targetOf(query)));
      if (exported.kind === 'no-product') throw new Problem('product-not-found', { detail: 'Nothing has this name.' });
      if (exported.kind === 'nothing') throw new Problem('nothing-to-export');
      return { jsonBody: exported.document };
    },
  };
}

function targetOf(query: z.infer<typeof ExportQuery>): ReleaseTarget {
  const parsed = TargetForm.safeParse(query);
  if (parsed.success) return parsed.data;
  const messages = parsed.error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') return `${issue.keys.join(', ')}: not of a ${query.kind}.`;
    const name = issue.path.join('.');
    if (issue.code === 'invalid_type') return `${name}: it is missing.`;
    return name === '' ? issue.message : `${name}: ${issue.message}`;
  });
  throw new Problem('invalid-parameter', { detail: messages.join(' ') });
}
