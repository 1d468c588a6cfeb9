/** What the client of every API keeps to, whichever of its methods is called. */
import { BudgetDeferredError, type Call, type LogFacts, type TransportOptions } from '../../src/partner-center/http';
import { everythingOf, failureOf } from './fakes';
import type { setUp } from './http/setup';
import { cut, json, startScriptedServer, type ScriptedServer, type Step } from './scripted-server';

/** One row of an endpoint table, and the call of our client that stands for it. */
interface Row<Client> {
  readonly row: string | number;
  readonly verb: string;
  readonly method: string;
  readonly answer: Step;
  /** Whether sending it twice is the same as sending it once. */
  readonly repeatable: boolean;
  readonly act: (client: Client, call: Call) => Promise<unknown>;
}

interface Api<Client> {
  readonly rows: readonly Row<Client>[];
  readonly open: (server: ScriptedServer, options: Partial<TransportOptions>) => Opened<Client>;
  /** Reads the errors of the API. */
  readonly failure: (error: unknown) => unknown;
}

type Opened<Client> = ReturnType<typeof setUp> & { readonly client: Client; readonly call: Call };

/** A server that does what a test tells it, for all tests of a file. */
export function scriptedServer(): () => ScriptedServer {
  let server: ScriptedServer;
  beforeAll(async () => {
    server = await startScriptedServer();
  });
  afterAll(() => server.close());
  return () => server;
}

const named = <Client>(rows: readonly Row<Client>[]) => rows.map((row) => [`${row.row} ${row.method}`, row] as const);

/** @param refusal an answer 403 of the API, and what its failure tells of it besides */
export function keepsToItsRules<Client>(
  server: () => ScriptedServer,
  { rows, open, failure }: Api<Client>,
  refusal: { readonly answer: Step; readonly tells?: object },
): void {
  describe('what goes wrong', () => {
    it.each(named(rows))('has the name of the method, in the log too: %s', async (_, row) => {
      const logged: LogFacts[] = [];
      const { client, call } = open(server(), { log: (_level, _message, facts) => logged.push(facts) });
      server().play(refusal.answer);

      const error = await failureOf(row.act(client, call));

      expect(error).toMatchObject({ operation: row.method, method: row.verb });
      const expected = { meaning: 'forbidden', unclear: false, retryable: false, ...refusal.tells };
      expect(failure(error)).toMatchObject(expected);
      expect(logged).toContainEqual(expect.objectContaining({ operation: row.method, status: 403 }));
    });
  });

  describe('the rate of requests', () => {
    it.each(named(rows))('a refusal for it is waited out, since nothing was done: %s', async (_, row) => {
      const { client, call, allowance, budget, timing } = open(server(), {});
      server().play(json(429, undefined, { 'Retry-After': '7' }), row.answer);

      await row.act(client, call);

      expect(server().arrived).toHaveLength(2);
      expect(allowance.taken()).toBe(2);
      expect(budget.blocks).toHaveLength(1);
      expect(timing.waited).toEqual([7000]);
    });

    it.each(named(rows))('nothing is sent without a place in it: %s', async (_, row) => {
      const { client } = open(server(), {});
      server().play(row.answer);
      const deferred = new BudgetDeferredError({ retryAt: new Date('2026-11-20T08:02:00Z'), ticket: 't-1', sent: 0 });

      const error = await failureOf(row.act(client, { allowance: { take: () => Promise.reject(deferred) } }));

      expect(failure(error)).toMatchObject({ meaning: 'deferred', unclear: false, ticket: 't-1' });
      expect(server().arrived).toHaveLength(0);
    });
  });

  describe('after an answer that says nothing', () => {
    const once = rows.filter(({ repeatable }) => !repeatable);
    it.each(named(once))('a change is not sent again, and may have happened: %s', async (_, row) => {
      const { client, call } = open(server(), {});

      for (const silence of [cut, json(500), json(504)]) {
        server().play(silence, row.answer);
        const error = await failureOf(row.act(client, call));

        expect(failure(error)).toMatchObject({ unclear: true, retryable: true });
        expect(server().arrived).toHaveLength(1);
      }
    });

    const repeatable = rows.filter((row) => row.repeatable);
    it.each(named(repeatable))('a read, and a change that replaces, is sent again: %s', async (_, row) => {
      const { client, call, allowance } = open(server(), {});
      server().play(row.answer);
      const atOnce = valueOf(await row.act(client, call));
      for (const status of [500, 503, 504]) {
        server().play(cut, json(status), row.answer);
        const before = allowance.taken();

        expect(valueOf(await row.act(client, call))).toEqual(atOnce);
        expect(server().arrived).toHaveLength(3);
        expect(allowance.taken() - before).toBe(3);
      }
    });
  });
}

/** What a method gives back, without what is told of the exchange. */
function valueOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'value' in answer ? answer.value : answer;
}

/** @param leak a refusal that repeats an address; `secret`: what gives access in it */
export function hidesAddresses<Client>(
  server: () => ScriptedServer,
  { rows, open, failure }: Api<Client>,
  { secret, leak }: { readonly secret: RegExp; readonly leak: Step },
): void {
  describe('an address with a signature', () => {
    it.each(named(rows))('comes out of nothing that a method answers, nor of its log: %s', async (_, row) => {
      const logged: LogFacts[] = [];
      const { client, call } = open(server(), { log: (_level, _message, facts) => logged.push(facts) });
      server().play(row.answer);

      const answer = await row.act(client, call);

      expect(JSON.stringify([answer, logged])).not.toMatch(secret);
      expect(everythingOf(answer)).not.toMatch(secret);
    });

    it.each(named(rows))('comes out of no error: %s', async (_, row) => {
      const logged: LogFacts[] = [];
      const { client, call } = open(server(), { log: (_level, _message, facts) => logged.push(facts) });
      server().play(leak);

      const error = await failureOf(row.act(client, call));

      expect(everythingOf(error)).not.toMatch(secret);
      expect(JSON.stringify([failure(error), logged])).not.toMatch(secret);
    });
  });
}
