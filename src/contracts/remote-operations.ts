import type { z } from 'zod';
import type { ProblemCode } from '../domain/problem-catalogue';
import type { FunctionName } from './names';
import { NoQuery } from './parameters';

/** The reads that go straight to an API of Partner Center, in the form that all of them have. */

/** What every question to Partner Center may be answered with, whichever API. */
export const remoteProblems = [
  'account-unusable',
  'product-forbidden',
  'product-not-found',
  'budget-spent',
  'partner-center-unavailable',
] as const satisfies readonly ProblemCode[];

interface Family<List extends z.ZodType, Value extends z.ZodType> {
  readonly list: List;
  readonly value: Value;
  readonly problems: readonly ProblemCode[];
}

/** Describes the lists and reads of one API. */
export function remoteOperations<L extends z.ZodType, V extends z.ZodType>({ list, value, problems }: Family<L, V>) {
  const shared = { method: 'GET', access: 'read', problems } as const;

  function oneBy<N extends FunctionName, P extends string, Q extends z.ZodObject>(
    name: N,
    path: `/${P}`,
    summary: string,
    query: Q,
  ) {
    const description =
      'As Partner Center answers, up to a minute old, without upload addresses, addresses of reports and secrets.';
    const answers = { 200: { description: 'It.', schema: value } };
    return { ...shared, name, path, summary, description, query, answers } as const;
  }

  return {
    list: <N extends FunctionName, P extends string, Q extends z.ZodObject>(
      name: N,
      path: `/${P}`,
      summary: string,
      query: Q,
    ) => {
      const description = 'As Partner Center answers, up to a minute old, without secrets.';
      const answers = { 200: { description: 'One page.', schema: list } };
      return { ...shared, name, path, summary, description, query, answers } as const;
    },
    one: <N extends FunctionName, P extends string>(name: N, path: `/${P}`, summary: string) =>
      oneBy(name, path, summary, NoQuery),
    oneBy,
  };
}
