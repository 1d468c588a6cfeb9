import { sampleApplication } from '../../commands/sample-application';
import { leave } from './pictures';
import type { ReleaseApp } from './release-app';

/** Leaves the package of a plan as a pipeline does. */
export async function packageOf(app: ReleaseApp, version: string, plan = 'basic') {
  const source = await leave(app, await sampleApplication(version));
  return { plan, version, fileName: `monitor-${version}.zip`, source };
}
