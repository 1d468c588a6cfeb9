import { json, type Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { findSubmission } from './access';
import type { ProductKind } from './products/product-kind';
import { render } from './render/render';
import { submissionPath } from './submission-paths';
import { fileUploadUrl } from './upload-url';

/** `GET …/submissions/{id}` (R16, R17, R45). *Documented*. */
export function getSubmission(services: Services, kind: ProductKind): Operation {
  return {
    name: `get${kind.name}Submission`,
    surface: 'store',
    method: 'GET',
    path: submissionPath(kind),
    run: (call) => showSubmission(services, call, kind),
  };
}

/** The submission in the path, as it is stored. */
export async function showSubmission(services: Services, call: Call, kind: ProductKind): Promise<Answer> {
  const { submission } = findSubmission(services, call, kind);
  const { switches } = services.world.settings;
  const url = await fileUploadUrl(services, call, submission);
  return json(200, render(kind, submission, { switches, fileUploadUrl: url }));
}
