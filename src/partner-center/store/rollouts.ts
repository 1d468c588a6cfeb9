import { segments, type Answer, type Call, type Transport } from '../http';
import { StoreOperation } from './operations';
import { PackageRollout } from './schema';

interface Verb {
  readonly operation: string;
  readonly name: string;
  readonly query?: Readonly<Record<string, number>>;
}

/** Rows 11–14 of the endpoint table; documented at `StoreClient`. */
export class StoreRollouts {
  constructor(private readonly transport: Transport) {}

  get(applicationId: string, submissionId: string, call: Call): Promise<Answer<PackageRollout>> {
    return this.transport.send({
      ...call,
      method: 'GET',
      path: segments('applications', applicationId, 'submissions', submissionId, 'packagerollout'),
      schema: PackageRollout,
      operation: StoreOperation.getPackageRollout,
      repeatable: true,
    });
  }

  updatePercentage(
    applicationId: string,
    submissionId: string,
    percentage: number,
    call: Call,
  ): Promise<Answer<PackageRollout>> {
    const operation = StoreOperation.updatePackageRolloutPercentage;
    const verb = { operation, name: 'updatepackagerolloutpercentage', query: { percentage } };
    return this.change(applicationId, submissionId, verb, call);
  }

  halt(applicationId: string, submissionId: string, call: Call): Promise<Answer<PackageRollout>> {
    const verb = { operation: StoreOperation.haltPackageRollout, name: 'haltpackagerollout' };
    return this.change(applicationId, submissionId, verb, call);
  }

  finalize(applicationId: string, submissionId: string, call: Call): Promise<Answer<PackageRollout>> {
    const verb = { operation: StoreOperation.finalizePackageRollout, name: 'finalizepackagerollout' };
    return this.change(applicationId, submissionId, verb, call);
  }

  private change(applicationId: string, submissionId: string, verb: Verb, call: Call): Promise<Answer<PackageRollout>> {
    return this.transport.send({
      ...call,
      method: 'POST',
      path: segments('applications', applicationId, 'submissions', submissionId, verb.name),
      ...(verb.query === undefined ? {} : { query: verb.query }),
      schema: PackageRollout,
      operation: verb.operation,
      repeatable: false,
    });
  }
}
