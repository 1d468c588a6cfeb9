import { z } from 'zod';
import type { Fault as DomainFault } from '../domain/release';
import type { Agree } from './agree';

/** One fault of a request. */
export const Fault = z
  .strictObject({
    pointer: z.string().meta({ description: 'JSON pointer into the body.', examples: ['/packages/0/fileName'] }),
    code: z.string().meta({ description: 'Stable; the catalogue grows by addition.' }),
    message: z.string().meta({ description: 'What is wrong, and what to do about it.' }),
  })
  .meta({ id: 'Fault' });

/** RFC 9457, the body of every answer from 400 on. */
export const Problem = z
  .strictObject({
    type: z.string().meta({ description: 'The page about this problem.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable; the catalogue grows by addition.' }),
    errors: z.array(Fault).optional(),
    remedy: z.string().meta({ description: 'What to do next.' }).optional(),
    correlationId: z
      .string()
      .meta({ description: "Partner Center's id of the exchange, where it refused or failed." })
      .optional(),
    traceId: z.string().meta({ description: 'Finds this request in the logs.' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457.' });
export type Problem = z.infer<typeof Problem>;

type _Agreement = Agree<z.infer<typeof Fault>, DomainFault>;
const _agreement: _Agreement = true;
