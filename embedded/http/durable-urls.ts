/** Where the durable extension's API is, as the durableClient input tells an app. */
export interface DurableEndpoints {
  /** `http://host:port/runtime/webhooks/durabletask`, without a slash at its end: for people and webhooks. */
  readonly webhookBase: string;
  /** Ends with a slash: for the SDK alone. */
  readonly rpcBase: string;
  readonly systemKey: string;
  readonly taskHub: string;
}

const idPlaceholder = 'INSTANCEID';

/** What a start answers: the id and every management address but the one for rewinding, as on Azure. */
export function startUrls(endpoints: DurableEndpoints, instanceId: string): Record<string, string> {
  const { rewindPostUri: _, ...urls } = managementUrls(endpoints, instanceId);
  return urls;
}

function managementUrls(endpoints: DurableEndpoints, instanceId: string): Record<string, string> {
  const base = `${endpoints.webhookBase}/instances/${encodeURIComponent(instanceId)}`;
  const query = requiredQuery(endpoints);
  return {
    id: instanceId,
    statusQueryGetUri: `${base}?${query}`,
    sendEventPostUri: `${base}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${base}/terminate?reason={text}&${query}`,
    rewindPostUri: `${base}/rewind?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${base}?${query}`,
    restartPostUri: `${base}/restart?${query}`,
    suspendPostUri: `${base}/suspend?reason={text}&${query}`,
    resumePostUri: `${base}/resume?reason={text}&${query}`,
  };
}

/** The value of a durableClient input, as JSON text. */
export function clientBinding(endpoints: DurableEndpoints): string {
  const query = requiredQuery(endpoints);
  const create = `${endpoints.webhookBase}/orchestrators/{functionName}[/{instanceId}]?`;
  return JSON.stringify({
    taskHubName: endpoints.taskHub,
    creationUrls: {
      createNewInstancePostUri: `${create}${query}`,
      createAndWaitOnNewInstancePostUri: `${create}timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${query}`,
    },
    managementUrls: managementUrls(endpoints, idPlaceholder),
    baseUrl: endpoints.webhookBase,
    requiredQueryStringParameters: query,
    rpcBaseUrl: endpoints.rpcBase,
  });
}

function requiredQuery({ taskHub, systemKey }: DurableEndpoints): string {
  return `taskHub=${encodeURIComponent(taskHub)}&connection=Storage&code=${encodeURIComponent(systemKey)}`;
}
