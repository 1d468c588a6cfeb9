import { segments, type Answer, type Call, type Transport } from '../http';
import type { StoreOperation } from './operations';
import { PackageRollout } from './submission-schema';

/** In what the rollouts of apps and flights differ. */
export interface RolloutFamily<Product> {
  /** Segments of the product's address. */
  readonly address: (product: Product) => readonly string[];
  readonly operations: Readonly<Record<'get' | 'updatePercentage' | 'halt' | 'finalize', StoreOperation>>;
}

interface Change {
  readonly operation: StoreOperation;
  readonly verb: string;
  readonly query?: Readonly<Record<string, number>>;
}

/** The rollouts of one family: rows 11–14 and 34–37 of the endpoint table, documented at `StoreClient`. */
export class StoreRollouts<Product> {
  constructor(
    private readonly transport: Transport,
    private readonly family: RolloutFamily<Product>,
  ) {}

  get(product: Product, submissionId: string, call: Call): Promise<Answer<PackageRollout>> {
    return this.transport.send({
      ...call,
      method: 'GET',
      path: this.pathOf(product, submissionId, 'packagerollout'),
      schema: PackageRollout,
      operation: this.family.operations.get,
      repeatable: true,
    });
  }

  updatePercentage(
    product: Product,
    submissionId: string,
    percentage: number,
    call: Call,
  ): Promise<Answer<PackageRollout>> {
    const operation = this.family.operations.updatePercentage;
    const change = { operation, verb: 'updatepackagerolloutpercentage', query: { percentage } };
    return this.change(product, submissionId, change, call);
  }

  halt(product: Product, submissionId: string, call: Call): Promise<Answer<PackageRollout>> {
    const change = { operation: this.family.operations.halt, verb: 'haltpackagerollout' };
    return this.change(product, submissionId, change, call);
  }

  finalize(product: Product, submissionId: string, call: Call): Promise<Answer<PackageRollout>> {
    const change = { operation: this.family.operations.finalize, verb: 'finalizepackagerollout' };
    return this.change(product, submissionId, change, call);
  }

  private change(
    product: Product,
    submissionId: string,
    { operation, verb, query }: Change,
    call: Call,
  ): Promise<Answer<PackageRollout>> {
    return this.transport.send({
      ...call,
      method: 'POST',
      path: this.pathOf(product, submissionId, verb),
      ...(query === undefined ? {} : { query }),
      schema: PackageRollout,
      operation,
      repeatable: false,
    });
  }

  private pathOf(product: Product, submissionId: string, verb: string): string {
    return segments(...this.family.address(product), 'submissions', submissionId, verb);
  }
}
