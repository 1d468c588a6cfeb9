import { app } from '@azure/functions';
import { releaseSchema } from '../contracts/json-schema';
import { openApiDocument } from '../contracts/openapi';
import { operations } from '../contracts/operations';
import { checkAccount, listAccounts } from './accounts';
import { cancelRelease } from './cancel-release';
import { createUpload } from './create-upload';
import { approveRelease, rejectRelease } from './decide-release';
import { getOpenApi, getSchema } from './documents';
import { registerDeletions } from './delete-product';
import { exportProduct } from './export-product';
import { getHealth } from './health';
import { httpRoute } from './http-route';
import { listReleases } from './list-releases';
import { getPlan, getReleasePlan, planRelease } from './plan-release';
import { getRelease } from './read-release';
import { getReleaseDocument, getReleaseTimeline } from './release-parts';
import { getReleaseReport } from './release-report';
import { retryRelease } from './retry-release';
import type { FunctionServices } from './services';
import { rollOutRelease } from './roll-out';
import { rollOutApp, rollOutFlight } from './roll-out-product';
import { startRelease } from './start-release';
import { registerStoreReads } from './store-reads';
import { registerSweep } from './sweep/sweep';

/** Registers every HTTP function and the timer. */
export function registerFunctions(services: FunctionServices): void {
  const stopping = new AbortController();
  app.hook.appTerminate(() => stopping.abort());

  httpRoute(operations.startRelease, services, startRelease(services));
  httpRoute(operations.planRelease, services, planRelease(services));
  httpRoute(operations.getPlan, services, getPlan(services));
  httpRoute(operations.listReleases, services, listReleases(services));
  httpRoute(operations.getRelease, services, getRelease(services, stopping.signal));
  httpRoute(operations.getReleaseDocument, services, getReleaseDocument(services));
  httpRoute(operations.getReleasePlan, services, getReleasePlan(services));
  httpRoute(operations.getReleaseReport, services, getReleaseReport(services));
  httpRoute(operations.getReleaseTimeline, services, getReleaseTimeline(services));
  httpRoute(operations.approveRelease, services, approveRelease(services));
  httpRoute(operations.rejectRelease, services, rejectRelease(services));
  httpRoute(operations.cancelRelease, services, cancelRelease(services));
  httpRoute(operations.retryRelease, services, retryRelease(services));
  httpRoute(operations.rollOutRelease, services, rollOutRelease(services));
  httpRoute(operations.rollOutApp, services, rollOutApp(services));
  httpRoute(operations.rollOutFlight, services, rollOutFlight(services));
  httpRoute(operations.createUpload, services, createUpload(services));
  httpRoute(operations.listAccounts, services, listAccounts(services));
  httpRoute(operations.checkAccount, services, checkAccount(services));
  httpRoute(operations.exportProduct, services, exportProduct(services));
  registerStoreReads(services);
  registerDeletions(services);
  httpRoute(operations.getHealth, services, getHealth(services));
  httpRoute(operations.getOpenApi, services, getOpenApi(openApiDocument));
  httpRoute(operations.getSchema, services, getSchema(releaseSchema));
  registerSweep(services);
}
