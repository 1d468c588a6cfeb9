/** Answers as section A.10 of the specification shows them; as text where JSON here would lose digits. */

export const etag = `W/"datetime'2026-02-03T22%3A03%3A51.6562051Z'"`;
export const guid = '480443bf-cff0-58b4-bbde-bbc9533e7b1a';
/** Beyond 2^53: as a double it would end in 600. */
export const ticks = '638730001234567891';

export const publisher = {
  version: 3,
  id: 'contoso',
  definition: { displayText: 'Contoso', offerTypeCategories: ['azureMarketplace'], sellerId: 12345678 },
};

export const summary = {
  offerTypeId: 'microsoft-azure-virtualmachines',
  publisherId: 'contoso',
  status: 'neverPublished',
  id: 'contoso-linux',
  version: 0,
  definition: { displayText: 'Contoso Linux' },
  changedTime: '2026-02-03T22:03:51.6562051',
  pcMigrationStatus: 'none',
  pcRedirectUri: null,
};

export const definition = {
  displayText: 'Contoso Linux',
  offer: {
    'microsoft-azure-marketplace.title': 'Contoso <Linux>',
    'microsoft-azure-marketplace.customAmendments': null,
    'microsoft-azure-marketplace.marketoLeadConfiguration': {},
    'contoso.unheardOf': { deep: [null, 1, { '&': "<'>" }] },
  },
  plans: [
    {
      planId: 'base',
      'microsoft-azure-virtualmachines.vmImages': {
        '9.4.1': {
          osVhdUrl: 'https://contososa.blob.core.windows.net/vhds/l9.vhd?sv=2026&sp=rl&sig=x',
          lunVhdDetails: [],
        },
      },
      regions: ['US', 'DE'],
    },
  ],
};

export const offer = { ...summary, definition };

const step = (id: string, stepName: string, status: string) => ({
  estimatedTimeFrame: '< 1 hour',
  id,
  stepName,
  description: '…',
  status,
  messages: [{ messageHtml: 'Step completed.', level: 'information', timestamp: '2026-02-03T10:15:00.1234567Z' }],
  progressPercentage: status === 'complete' ? 100 : 0,
});

export const status = {
  status: 'running',
  messages: [],
  steps: [
    step('displaydummycertify', 'Validate Pre-Requisites', 'complete'),
    step('displaycertify', 'Certification', 'complete'),
    step('publisher-signoff', 'Publisher signoff', 'waitingForPublisherReview'),
    step('live', 'Live', 'notStarted'),
  ],
  previewLinks: [{ displayText: 'Preview', uri: 'https://preview.contoso.example' }],
  liveLinks: [],
  notificationEmails: 'a@contoso.com',
};

export const detail = { ...status, publishingVersion: 2, offerVersion: 1, cancellationRequestState: 'canCancel' };

export const operations = `[{ "id": "${guid}", "offerId": "contoso-linux", "offerVersion": 1,
  "offerTypeId": "microsoft-azure-virtualmachines", "publisherId": "contoso", "submissionType": "publish",
  "submissionState": "running", "publishingVersion": 2, "slot": "staging", "version": ${ticks},
  "definition": { "metadata": { "emails": "a@contoso.com" } }, "changedTime": "2026-02-03T10:20:01.179948Z" }]`;

export const locations = {
  alias: '/api/operations/contoso$contoso-linux$2$preview?api-version=2017-10-31',
  operation: `/api/publishers/contoso/offers/contoso-linux/operations/${guid}?api-version=2017-10-31`,
};
