import type { Submission } from '../../core/model';
import type { Switches } from '../../core/settings';
import { findApplication } from '../access';
import { ApplicationContent } from '../document/application-content';
import { readApplicationUpdate } from '../document/read-application-update';
import { createConflict } from '../errors';
import { renderSubmission } from '../render/submission';
import type { ProductKind, RenderOptions } from './product-kind';

/** Submissions of applications. */
export const application: ProductKind = {
  kind: 'application',
  name: '',
  title: 'application',
  path: '/v1.0/my/applications/:applicationId',
  minimalLeavesOut: ['listings', 'applicationPackages', 'trailers', 'gamingOptions'],
  find: (services, call) => {
    const found = findApplication(services, call);
    return { application: found, product: found };
  },
  // *Documented* to be refused, *observed* to work.
  refuseTemplate({ neverPublishedCreate }: Switches) {
    if (neverPublishedCreate === '409') throw createConflict();
  },
  template: () => ApplicationContent.parse({}),
  read: readApplicationUpdate,
  render(submission: Submission, content: ApplicationContent, options: RenderOptions) {
    return renderSubmission(submission, content, options);
  },
};
