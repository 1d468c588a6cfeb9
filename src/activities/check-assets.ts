import type { CheckAssetsOutput, RunRef } from '../contracts/activities';
import { boundFaults } from '../domain/bound-faults';
import { failed, ok } from '../domain/failure';
import { atOrigin } from '../domain/plain-document';
import type { Fault } from '../domain/release';
import { assetUses, tooLargeFile, unfitFile } from '../domain/asset-rules';
import type { AssetUse } from '../domain/asset-rules';
import { PackageError, readPng } from '../packages';
import type { PackageFacts } from '../packages';
import type { AssetHashes } from './assets';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { assetFactsName, checkedAssetsName } from './file-facts';
import { hashFile } from './hash-file';
import { createFileOpener } from './open-files';
import type { FileOpener } from './open-files';
import { readContent } from './release-content';
import type { ReleaseContent, ReleaseFile } from './release-content';
import { guarded, toFailure } from './to-failure';

type Input = RunRef & { readonly from: number };

/** Facts of an asset that was read, and of its picture. */
interface AssetFacts extends PackageFacts {
  readonly picture: { readonly width: number; readonly height: number } | null;
}

/**
 * Reads the files that `changes` name, one after the other and large ones in slices, and says all that Partner Center
 * would refuse about them. Once none is at fault, their hashes are kept together, for what follows. Safe to repeat, to
 * kill and to run twice: each file is read from the bytes that were pinned first, and gives the same.
 */
export function createCheckAssets(deps: ActivityDeps): Activity<Input, CheckAssetsOutput> {
  return (input) =>
    guarded<CheckAssetsOutput>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const content = await readContent(deps, input.releaseId);
      if (content === undefined) {
        return failed({ code: 'run-ended-unexpectedly', message: 'The release document is gone.', retryable: false });
      }
      const opener = createFileOpener(deps, content.zips);
      const deadline = deps.now().getTime() + deps.settings.sliceMs;
      return ok(await new AssetCheck(deps, { input, content, opener, deadline }).run());
    });
}

interface Task {
  readonly input: Input;
  readonly content: ReleaseContent;
  readonly opener: FileOpener;
  readonly deadline: number;
}

class AssetCheck {
  private readonly faults: Fault[] = [];
  private readonly uses: readonly AssetUse[];
  private readonly files: readonly ReleaseFile[];

  constructor(
    private readonly deps: ActivityDeps,
    private readonly task: Task,
  ) {
    const { assets, zips, document } = task.content;
    this.uses = assetUses(document.changes);
    this.files = [...assets, ...zips];
  }

  async run(): Promise<CheckAssetsOutput> {
    const total = this.files.length;
    for (let index = this.task.input.from; index < total; index++) {
      if (index > this.task.input.from && this.isOver()) return this.upTo(index);
      if (!(await this.check(index))) return this.upTo(index);
    }
    if (this.faults.length === 0) await this.keepHashes();
    return this.upTo(null);
  }

  private isOver(): boolean {
    return this.deps.stopping.aborted || this.deps.now().getTime() >= this.task.deadline;
  }

  private upTo(next: number | null): CheckAssetsOutput {
    const faults = boundFaults(atOrigin(this.faults, this.task.content.document.origins));
    return { next, total: this.files.length, faults };
  }

  /** `false` = it is large, and goes on in the next slice. */
  private async check(index: number): Promise<boolean> {
    const file = this.files[index];
    if (file === undefined) return true;
    try {
      return await this.read(file, index);
    } catch (error) {
      const failure = error instanceof PackageError ? toFailure(error) : undefined;
      if (!(error instanceof PackageError) || failure?.retryable === true) throw error;
      this.faults.push({ pointer: file.pointer, code: error.code, message: error.message });
      return true;
    }
  }

  private async read(file: ReleaseFile, index: number): Promise<boolean> {
    const { input, opener, deadline, content } = this.task;
    const { releaseId } = input;
    const uses = this.uses.filter((use) => use.file.toLowerCase() === file.name.toLowerCase());
    const isZip = index >= content.assets.length;
    if (isZip && !(await this.isPromised(file))) return true;
    const known = await this.deps.work.get<AssetFacts>(releaseId, assetFactsName(index));
    if (known !== undefined) return this.judge(uses, known);
    // A file that is too large is not read.
    const source = await opener.open(file, { access: 'forward' });
    const large = isZip ? [] : tooLargeFile(uses, source);
    this.faults.push(...large);
    if (large.length > 0) return true;
    const { pin } = content.zips[index - content.assets.length] ?? {};
    const stateName = `assets/${index}/state`;
    const hashed = await hashFile(this.deps, opener, { releaseId, file, stateName, deadline, pin });
    if (!hashed.done) return false;
    const picture = isZip ? null : await readPng(await opener.open(file, { access: 'forward', pin: hashed.facts.pin }));
    const facts: AssetFacts = { ...hashed.facts, picture };
    await this.deps.work.put(releaseId, assetFactsName(index), facts);
    return this.judge(uses, facts);
  }

  /** A ZIP is read whole only where somebody has said what its SHA-256 is; its files are read in any case. */
  private async isPromised(zip: ReleaseFile): Promise<boolean> {
    return zip.sha256 !== undefined || 'upload' in (await this.task.opener.sourceOf(zip));
  }

  private judge(uses: readonly AssetUse[], facts: AssetFacts): true {
    this.faults.push(...unfitFile(uses, facts));
    return true;
  }

  private async keepHashes(): Promise<void> {
    const { releaseId } = this.task.input;
    const read = this.task.content.assets.map(async ({ name }, index) => {
      const facts = await this.deps.work.get<AssetFacts>(releaseId, assetFactsName(index));
      return facts === undefined ? [] : [[name.toLowerCase(), facts.sha256] as const];
    });
    const hashes: AssetHashes = Object.fromEntries((await Promise.all(read)).flat());
    await this.deps.work.put(releaseId, checkedAssetsName, hashes);
  }
}
