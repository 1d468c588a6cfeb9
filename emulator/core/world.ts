import type { ClockState } from './clock';
import type { Database } from './database';
import { Switches, type Settings } from './settings';
import { noIngestion, type IngestionProduct, type IngestionState } from '../ingestion/model';
import type { AddOn, Application, Client, Flight, Outcome, Secret, Submission, Tenant } from './model';

/** Numbers that must never be given twice. */
export interface Counters {
  submission: number;
  package: number;
  image: number;
  upload: number;
  token: number;
  addOn: number;
  /** Tokens with a smaller number were revoked over the control endpoint. */
  firstValidToken: number;
}

interface Contents {
  tenants: Map<string, Tenant>;
  clients: Map<string, Client>;
  secrets: Map<string, Secret>;
  applications: Map<string, Application>;
  flights: Map<string, Flight>;
  addOns: Map<string, AddOn>;
  submissions: Map<string, Submission>;
  /** Of the marketplace. */
  products: Map<string, IngestionProduct>;
  single: {
    clock: ClockState;
    settings: Settings;
    counters: Counters;
    outcomes: Outcome[];
    vaultTenant: string;
    ingestion: IngestionState;
  };
}

const MAPS = ['tenants', 'clients', 'secrets', 'applications', 'flights', 'addOns', 'submissions', 'products'] as const;

/**
 * Everything that the emulator remembers. Handlers change it in place; `flush` makes the changes durable and `rollback`
 * undoes what was changed since.
 */
export class World {
  private contents: Contents;

  /** @param seeded gives the first contents when the database is new */
  constructor(
    private readonly database: Database,
    private readonly seeded: () => Contents,
  ) {
    this.contents = database.documents().size > 0 ? decode(database.documents()) : seeded();
    this.flush();
  }

  get tenants(): Map<string, Tenant> {
    return this.contents.tenants;
  }
  get clients(): Map<string, Client> {
    return this.contents.clients;
  }
  get secrets(): Map<string, Secret> {
    return this.contents.secrets;
  }
  get applications(): Map<string, Application> {
    return this.contents.applications;
  }
  get flights(): Map<string, Flight> {
    return this.contents.flights;
  }
  get addOns(): Map<string, AddOn> {
    return this.contents.addOns;
  }
  get submissions(): Map<string, Submission> {
    return this.contents.submissions;
  }
  get products(): Map<string, IngestionProduct> {
    return this.contents.products;
  }
  get ingestion(): IngestionState {
    return this.contents.single.ingestion;
  }
  get clock(): ClockState {
    return this.contents.single.clock;
  }
  get settings(): Settings {
    return this.contents.single.settings;
  }
  get counters(): Counters {
    return this.contents.single.counters;
  }
  get outcomes(): Outcome[] {
    return this.contents.single.outcomes;
  }
  get vaultTenant(): string {
    return this.contents.single.vaultTenant;
  }

  /** Makes every change durable. */
  flush(): void {
    this.database.write(encode(this.contents));
  }

  /** Undoes every change since the last flush. */
  rollback(): void {
    this.contents = decode(this.database.documents());
  }

  /** Goes back to the seed. */
  reset(): void {
    this.contents = this.seeded();
    this.flush();
  }
}

function noNumbers(): Counters {
  return { submission: 0, package: 0, image: 0, upload: 0, token: 0, addOn: 0, firstValidToken: 0 };
}

/** Contents without anything in them. */
export function emptyContents(settings: Settings, vaultTenant: string): Contents {
  return {
    tenants: new Map(),
    clients: new Map(),
    secrets: new Map(),
    applications: new Map(),
    flights: new Map(),
    addOns: new Map(),
    submissions: new Map(),
    products: new Map(),
    single: {
      clock: { offset: 0 },
      settings: structuredClone(settings),
      counters: noNumbers(),
      outcomes: [],
      vaultTenant,
      ingestion: noIngestion(),
    },
  };
}
export type { Contents };

function encode(contents: Contents): Map<string, string> {
  const documents = new Map([['single', JSON.stringify(contents.single)]]);
  for (const name of MAPS) {
    let order = 0;
    for (const [key, value] of contents[name]) {
      documents.set(`${name}/${key}`, JSON.stringify({ order: order++, value }));
    }
  }
  return documents;
}

function decode(documents: ReadonlyMap<string, string>): Contents {
  // Both forms were written by `encode`.
  const single = JSON.parse(documents.get('single') ?? '{}') as Contents['single'];
  // An earlier version may not have had all switches.
  single.settings.switches = Switches.parse(single.settings.switches);
  single.counters = { ...noNumbers(), ...single.counters };
  single.ingestion = { ...noIngestion(), ...single.ingestion };
  const rows = [...documents].map(([key, text]) => ({ key, text })).filter((row) => row.key !== 'single');
  const pick = <T>(name: string): Map<string, T> =>
    new Map(
      rows
        .filter((row) => row.key.startsWith(`${name}/`))
        .map((row) => ({
          id: row.key.slice(name.length + 1),
          row: JSON.parse(row.text) as { order: number; value: T },
        }))
        .sort((a, b) => a.row.order - b.row.order)
        .map(({ id, row }) => [id, row.value]),
    );
  return {
    tenants: pick('tenants'),
    clients: pick('clients'),
    secrets: pick('secrets'),
    applications: pick('applications'),
    flights: pick('flights'),
    addOns: pick('addOns'),
    submissions: new Map([...pick<Submission>('submissions')].map(([id, value]) => [id, withProduct(value)])),
    products: pick('products'),
    single,
  };
}

/** An earlier version knew submissions of applications only. */
function withProduct(submission: Submission): Submission {
  return { ...{ kind: 'application', product: submission.application }, ...submission };
}
