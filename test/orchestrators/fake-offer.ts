import type { OfferLook } from '../../src/contracts/offer-activities';
import type { OfferPhase, OfferProgress } from '../../src/domain/offer/offer-status';

/** An offer in a marketplace that does what a test says: what is asked of it, and how far its publication is. */
export class FakeOffer {
  /** What was done to it, in order. */
  readonly done: string[] = [];
  /** What a look finds besides. */
  look: Partial<OfferLook> = {};
  /** How many slices writing and sending take. */
  slices = 1;
  publication: { id: string; phase: OfferPhase } | null = null;
  /** The word for every phase, where there is one for all; absent = the phase itself. */
  status: string | undefined;
  /** Phases that polls see, one after the other; the last one stays. */
  phases: OfferPhase[] = [];
  /** Whether a publication can be canceled once its preview is ready. */
  cancelsPreviews = false;
  /** Whether somebody has touched the draft, so that it is not put back. */
  isTouched = false;
  #written = 0;

  count(what: string): number {
    return this.done.filter((one) => one === what).length;
  }

  see(): OfferLook {
    const nothing = { own: null, underWay: null, faults: [], failure: null, remote: null };
    return { ...nothing, writes: 2, fileWrites: 1, nothingToPublish: false, ...this.look };
  }

  write(what: string): boolean {
    this.#written = (this.#written % this.slices) + 1;
    if (this.#written < this.slices) return false;
    this.done.push(what);
    return true;
  }

  publish(): string {
    this.done.push('publish');
    this.publication = { id: 'publication-1', phase: 'previewing' };
    if (this.phases.length === 0) this.phases = ['previewing', 'preview-ready'];
    return this.publication.id;
  }

  promote(): string {
    this.done.push('promote');
    const { id } = this.publication!;
    this.publication = { id, phase: 'going-live' };
    this.phases = ['going-live', 'live'];
    return id;
  }

  poll(): OfferProgress {
    const { id } = this.publication!;
    const phase = this.phases.length > 1 ? this.phases.shift()! : (this.phases[0] ?? this.publication!.phase);
    this.publication = { id, phase };
    const errors = phase === 'failed' ? [{ code: 'Resell-20007', details: 'A module is missing.' }] : [];
    const remote = { submissionId: id, status: this.status ?? phase, errors, warnings: [], reports: [], links: [] };
    const failedIn = this.count('promote') > 0 ? 'live' : 'preview';
    return { publicationId: id, phase, remote, failedIn };
  }
}
