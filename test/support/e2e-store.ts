/** What really happened in the emulated Store since some moment. */
import type { Emulator } from '../../emulator/start';
import type { Release } from '../../src/contracts/release';
import type { BuiltPackage } from './e2e-pipeline';

interface StoreState {
  readonly applications: Readonly<Record<string, { readonly published?: string; readonly pending?: string }>>;
  readonly submissions: Readonly<Record<string, { readonly application: string; readonly content: unknown }>>;
}

async function stateOf({ actions }: Emulator): Promise<StoreState> {
  // The emulator's own model.
  return (await actions.state()) as unknown as StoreState;
}

/** What has happened since this was made. */
export class Since {
  private constructor(
    private readonly emulator: Emulator,
    private readonly seq: number,
    private readonly known: ReadonlySet<string>,
  ) {}

  static async now(emulator: Emulator): Promise<Since> {
    const known = new Set(Object.keys((await stateOf(emulator)).submissions));
    return new Since(emulator, emulator.actions.journal().at(-1)?.seq ?? 0, known);
  }

  /** How many requests of an operation arrived, whatever became of them. */
  requests(operation: string, application?: string): number {
    const filter = { operation, after: this.seq, ...(application === undefined ? {} : { application }) };
    return this.emulator.actions.journal(filter).length;
  }

  /** Submissions that were made and are still there. */
  async made(applicationId: string): Promise<string[]> {
    const { submissions } = await stateOf(this.emulator);
    const ids = Object.keys(submissions).filter((id) => !this.known.has(id));
    return ids.filter((id) => submissions[id]?.application === applicationId);
  }
}

/** What is live and what is pending. */
export async function productOf(
  emulator: Emulator,
  applicationId: string,
): Promise<{ published?: string; pending?: string }> {
  const { published, pending } = (await stateOf(emulator)).applications[applicationId] ?? {};
  return { ...(published && { published }), ...(pending && { pending }) };
}

/** The live document as text: file names and notes are looked for in it. */
async function liveText(emulator: Emulator, applicationId: string): Promise<string> {
  const { applications, submissions } = await stateOf(emulator);
  return JSON.stringify(submissions[applications[applicationId]?.published ?? '']?.content ?? null);
}

/** Ended as asked, exactly once: one submission was made and committed once, it is live, and has the packages. */
export async function expectPublishedOnce(
  emulator: Emulator,
  since: Since,
  { release, packages = [] }: { release: Release; packages?: readonly BuiltPackage[] },
): Promise<void> {
  expect(release).toMatchObject({ state: 'succeeded', failure: null, left: [] });
  const { applicationId = '' } = release.target;
  const submission = release.remote?.submissionId;
  expect(await since.made(applicationId)).toEqual([submission]);
  expect(await productOf(emulator, applicationId)).toEqual({ published: submission });
  expect({
    creates: since.requests('createSubmission', applicationId),
    commits: since.requests('commitSubmission', applicationId),
    deletes: since.requests('deleteSubmission', applicationId),
  }).toEqual({ creates: 1, commits: 1, deletes: 0 });
  const live = await liveText(emulator, applicationId);
  for (const { fileName } of packages) expect(live).toContain(fileName);
}
