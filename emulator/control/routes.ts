import { z } from 'zod';
import { json, type Answer } from '../core/answer';
import { param, type Call } from '../core/call';
import { parseDuration } from '../core/duration';
import type { PlainRoute } from '../core/server';
import type { Services } from '../core/services';
import { Switches } from '../core/settings';
import { PersonEdit } from '../ingestion/person-edit';
import { ClientChange, OutcomeRequest, SecretChange, type Actions } from './actions';
import { FaultRequest } from '../core/fault-request';
import { PORTAL_ACTIONS } from '../core/portal-action';
import { namedProduct } from './named-product';
import type { Portal } from './portal';
import { PackageOutcomeRequest, SubmissionOutcomeRequest } from './products';
import { UnknownName } from './unknown-name';

/** Each switch is checked by the action, together with those that stay. */
const SwitchChange = z.partialRecord(z.enum(Object.keys(Switches.shape)), z.unknown());
const Empty = z.strictObject({}).default({});
const Freeze = z.strictObject({ at: z.iso.datetime({ offset: true }).optional() }).default({});
const Span = z.union([z.string(), z.number()]).transform((value, context) => {
  try {
    return parseDuration(String(value));
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});
const Advance = z.strictObject({ by: Span });
const Duration = z.strictObject({ duration: Span });
const ForProduct = z
  .strictObject({ application: z.string().optional(), flight: z.string().optional(), addOn: z.string().optional() })
  .transform((names, context) => {
    const product = namedProduct(names);
    if (product !== undefined) return product;
    context.addIssue({ code: 'custom', message: 'Names no application, flight or addOn' });
    return z.NEVER;
  });
const Wait = z
  .strictObject({ hits: z.int().positive().default(1), timeoutMs: z.number().positive().default(30_000) })
  .prefault({});

/** What the journal can be narrowed by, besides how new and how many. */
const JOURNAL_FILTERS = ['operation', 'application', 'flight', 'addOn', 'product'] as const;

/** Makes routes whose bodies are checked by a schema and whose mistakes are told in plain JSON. */
class Routes {
  readonly list: PlainRoute[] = [];

  /** Adds a route without a body. */
  plain(method: 'GET' | 'DELETE', path: string, run: (call: Call) => unknown): void {
    this.add(method, path, z.unknown(), (_body, call) => run(call));
  }

  /** Adds a route; what `run` gives is the JSON of the answer, undefined means 204. */
  add<T extends z.ZodType>(
    method: PlainRoute['method'],
    path: string,
    schema: T,
    run: (body: z.output<T>, call: Call) => unknown,
  ): void {
    this.list.push({ method, path: `/control${path}`, run: (call) => this.answer(schema, run, call) });
  }

  private async answer<T extends z.ZodType>(
    schema: T,
    run: (body: z.output<T>, call: Call) => unknown,
    call: Call,
  ): Promise<Answer> {
    try {
      const text = call.body.toString('utf8');
      const result = await run(schema.parse(text === '' ? undefined : JSON.parse(text)), call);
      return result === undefined ? { status: 204 } : json(200, result);
    } catch (error) {
      if (error instanceof z.ZodError) return json(400, { message: z.prettifyError(error) });
      if (error instanceof SyntaxError) return json(400, { message: 'The body is not JSON' });
      if (error instanceof UnknownName) return json(404, { message: error.message });
      throw error;
    }
  }
}

/** The control endpoint: plain JSON, no authentication, on loopback like everything else. */
export function controlRoutes(services: Services, actions: Actions, portal: Portal): PlainRoute[] {
  const routes = new Routes();
  routes.plain('GET', '', () => ({ ...services.clock.read(), settings: services.world.settings }));
  routes.plain('GET', '/state', () => actions.state());
  routes.plain('GET', '/journal', ({ query }) =>
    actions.journal({
      ...Object.fromEntries(
        JOURNAL_FILTERS.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : [])),
      ),
      after: Number(query.get('after') ?? 0),
      ...(query.has('newest') && { newest: Math.max(1, Number(query.get('newest')) || 1) }),
    }),
  );
  routes.plain('DELETE', '/journal', () => services.journal.clear());
  routes.add('POST', '/reset', Empty, () => actions.reset());
  routes.add('POST', '/tokens/revoke', Empty, () => actions.revokeTokens());
  addFaultRoutes(routes, services, actions);
  addTimeRoutes(routes, services, actions);
  addSettingRoutes(routes, services, actions);
  for (const action of PORTAL_ACTIONS) {
    routes.add('POST', `/portal/${action}`, ForProduct, (product) => portal.act(action, product));
  }
  addProductRoutes(routes, actions);
  return routes.list;
}

function addProductRoutes(routes: Routes, { products }: Actions): void {
  routes.add('POST', '/products/outcomes', SubmissionOutcomeRequest, (request) =>
    products.addSubmissionOutcome(request),
  );
  routes.add('POST', '/products/packageOutcomes', PackageOutcomeRequest, (request) =>
    products.addPackageOutcome(request),
  );
  routes.add('POST', '/products/person', PersonEdit, (edit) => products.person(edit));
  routes.plain('GET', '/products/outcomes', () => products.waiting());
  routes.plain('DELETE', '/products/outcomes', () => products.clear());
  routes.plain('GET', '/products/:product/live', (call) => products.live(param(call, 'product')));
}

function addFaultRoutes(routes: Routes, services: Services, actions: Actions): void {
  const { faults } = services;
  const found = (call: Call) => {
    const fault = faults.get(param(call, 'faultId'));
    if (!fault) throw new UnknownName(`There is no fault ${param(call, 'faultId')}`);
    return fault;
  };
  routes.add('POST', '/faults', FaultRequest, (request) => faults.add(request));
  routes.plain('GET', '/faults', () => faults.all());
  routes.plain('DELETE', '/faults', () => actions.clearFaults());
  routes.plain('GET', '/faults/:faultId', found);
  routes.plain('DELETE', '/faults/:faultId', (call) => void faults.remove(found(call).id));
  routes.add('POST', '/faults/:faultId/release', Empty, (_body, call) => ({
    released: actions.release(found(call).id),
  }));
  routes.add('POST', '/release', Empty, () => ({ released: actions.release() }));
  routes.add('POST', '/faults/:faultId/wait', Wait, async ({ hits, timeoutMs }, call) => {
    const fault = found(call);
    const timeout = new Promise<void>((resolve) => setTimeout(resolve, timeoutMs).unref());
    await Promise.race([actions.faultMet(fault.id, hits), timeout]);
    return { ...fault, met: fault.reached >= hits };
  });
  routes.plain('GET', '/unhit', () => actions.unhit());
  routes.add('POST', '/outcomes', OutcomeRequest, (request) => actions.addOutcome(request));
  routes.plain('GET', '/outcomes', () => services.world.outcomes);
  routes.plain('DELETE', '/outcomes', () => actions.clearOutcomes());
}

function addTimeRoutes(routes: Routes, services: Services, actions: Actions): void {
  const read = () => services.clock.read();
  routes.plain('GET', '/clock', read);
  routes.add('POST', '/clock/freeze', Freeze, async ({ at }) => {
    await actions.freezeClock(at === undefined ? undefined : Date.parse(at));
    return read();
  });
  routes.add('POST', '/clock/advance', Advance, async ({ by }) => {
    await actions.advanceClock(by);
    return read();
  });
  routes.add('POST', '/clock/resume', Empty, async () => {
    await actions.resumeClock();
    return read();
  });
  routes.plain('GET', '/certification', () => ({ milliseconds: services.world.settings.certification }));
  routes.add('PUT', '/certification', Duration, async ({ duration }) => {
    await actions.setCertification(duration);
    return { milliseconds: services.world.settings.certification };
  });
}

function addSettingRoutes(routes: Routes, services: Services, actions: Actions): void {
  routes.plain('GET', '/switches', () => services.world.settings.switches);
  routes.add('PUT', '/switches', SwitchChange, (change) => actions.setSwitches(change));
  routes.add('PUT', '/clients/:clientId', ClientChange, (change, call) =>
    actions.changeClient(param(call, 'clientId'), change),
  );
  routes.add('PUT', '/secrets/:secretName', SecretChange, (change, call) =>
    actions.addSecretVersion(param(call, 'secretName'), change),
  );
}
