import { empty, json, Refusal, type Answer } from '../core/answer';

/** An error body of the submission API. *Observed*: `data` and `details` are always there, `target` sometimes. */
export function storeError(status: number, code: string, message: string, target?: string): Answer {
  return json(status, {
    code,
    data: [],
    details: [],
    message,
    source: 'Ingestion Api',
    ...(target !== undefined && { target }),
  });
}

/** 400 InvalidParameterValue. */
export function invalidValue(message: string, target?: string): Refusal {
  return new Refusal(storeError(400, 'InvalidParameterValue', message, target));
}

/** 409 InvalidState. */
export function invalidState(message: string, target: string): Refusal {
  return new Refusal(storeError(409, 'InvalidState', message, target));
}

/** *Observed*: vsts #80. */
export function createConflict(): Refusal {
  return invalidState('Create submission failed, status code Conflict, reason phrase Conflict', 'submission');
}

/** *Observed*: Iktahana/illusions #1349. */
export function notDeletable(): Refusal {
  return invalidState('Submission in its current state cannot be deleted', 'submissionId');
}

/** *Observed* for applications: vsts #72, StoreBroker #192; the same for add-ons (*assumed*). */
export function unsupportedFeature(): Refusal {
  return invalidState(
    'This application uses features that are not supported by the submission API. To perform this operation, use the Dev Center dashboard.',
    'application',
  );
}

/** *Observed*: StoreBroker #248, vsts #107, scriptworker #923; for flights vsts #57. The target of others is *assumed*. */
export function madeInPortal(): Refusal {
  return new Refusal(
    storeError(
      400,
      'InvalidOperation',
      'Ingestion API can only update, delete, and commit submissions that are created through the API. Please delete the current in-progress submission and create one using the API',
      'applicationSubmission',
    ),
  );
}

/** *Observed*. */
export function submissionNotFound(): Refusal {
  return new Refusal(storeError(404, 'ResourceNotFound', 'Submission not found', 'submissionId'));
}

/** *Documented* status, *assumed* wording. */
export function applicationNotFound(): Refusal {
  return new Refusal(storeError(404, 'ResourceNotFound', 'Application not found', 'applicationId'));
}

/** *Documented* status, *assumed* wording. */
export function flightNotFound(): Refusal {
  return new Refusal(storeError(404, 'ResourceNotFound', 'Flight not found', 'flightId'));
}

/** *Documented* status, *assumed* wording. */
export function addOnNotFound(): Refusal {
  return new Refusal(storeError(404, 'ResourceNotFound', 'In-app product not found', 'inAppProductId'));
}

/** *Documented* status, *assumed* wording. */
export function foreignSubmission(owner: string): Refusal {
  return invalidState(`The submission does not belong to this ${owner}`, 'submissionId');
}

/** *Observed*: an application of another account, or a role too weak for the verb, answers without a body. */
export function forbidden(): Refusal {
  return new Refusal(empty(403));
}

/** *Observed*: 401 carries `code` and `message` only. */
export function unauthorized(message: string): Refusal {
  return new Refusal(json(401, { code: 'Unauthorized', message }));
}
