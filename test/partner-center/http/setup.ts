import { z } from 'zod';
import { createTransport, type Request, type Transport, type TransportOptions } from '../../../src/partner-center/http';
import { countingAllowance, recordingBudget, renewingCredential, testTiming } from '../fakes';
import type { ScriptedServer } from '../scripted-server';

/** A transport on a scripted server, with everything that a test may want to look at. */
export function setUp(server: ScriptedServer, options: Partial<TransportOptions> = {}) {
  const budget = recordingBudget();
  const credential = renewingCredential();
  const timing = testTiming();
  const allowance = countingAllowance();
  const transport = createTransport({
    baseUrl: server.url,
    credential,
    scope: 'https://manage.devcenter.microsoft.com/.default',
    budget,
    tls: { ca: server.ca },
    timing,
    ...options,
  });
  return { transport, budget, credential, timing, allowance };
}

const Thing = z.looseObject({ id: z.string() });

type Verb = Request<typeof Thing>;

/** Requests of each kind, on the same address. */
export function requests(transport: Transport, allowance: Verb['allowance']) {
  const base = { path: 'things/1', schema: Thing, operation: 'doThing', allowance } as const;
  return {
    get: (more: Partial<Verb> = {}) => transport.send({ ...base, method: 'GET', repeatable: true, ...more }),
    put: (more: Partial<Verb> = {}) =>
      transport.send({ ...base, method: 'PUT', body: { id: '1' }, repeatable: true, ...more }),
    post: (more: Partial<Verb> = {}) => transport.send({ ...base, method: 'POST', repeatable: false, ...more }),
    delete: () => transport.send({ ...base, method: 'DELETE', schema: z.unknown(), repeatable: false }),
  };
}
