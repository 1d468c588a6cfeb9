import { json, type Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { findSubmission } from './access';
import { renderSubmission } from './render/submission';
import { fileUploadUrl } from './upload-url';

/** `GET applications/{id}/submissions/{id}` (R16, R17, R45). *Documented*. */
export function getSubmission(services: Services): Operation {
  return {
    name: 'getSubmission',
    surface: 'store',
    method: 'GET',
    path: '/v1.0/my/applications/:applicationId/submissions/:submissionId',
    run: (call) => showSubmission(services, call),
  };
}

/** The submission in the path, as it is stored. */
export async function showSubmission(services: Services, call: Call): Promise<Answer> {
  const { submission } = findSubmission(services, call);
  const { switches } = services.world.settings;
  const url = await fileUploadUrl(services, call, submission);
  return json(200, renderSubmission(submission, { switches, fileUploadUrl: url }));
}
