import { flag, list, number, text } from './kinds';
import type { ResourceType } from './resource-type';

const state = ['PendingUpload', 'Uploaded', 'InProcessing', 'Processed', 'ProcessFailed'] as const;

/** Packages of every type have the same members. */
const packageType: ResourceType = {
  needs: ['fileName'],
  shape: {
    fileName: text,
    fileSasUri: text,
    fileSize: number,
    state,
    isEmpty: flag,
    validationItems: list({ errorCode: text, severity: text, message: text, resource: text }),
    isCertified: flag,
    publishTargets: list({ sandboxId: text, trainId: text, firstPublishedDateTime: text }),
  },
};

/** Files and what refers to them. */
export const FILE_TYPES: Readonly<Record<string, ResourceType>> = {
  ListingImage: {
    needs: ['fileName', 'type'],
    defaults: { order: 0 },
    shape: { fileName: text, type: text, state, order: number, description: text, fileSasUri: text },
  },
  ListingAsset: {
    needs: ['fileName', 'type'],
    shape: {
      fileName: text,
      type: text,
      state,
      fileSasUri: text,
      publisherDefinedSasUri: text,
      description: text,
      friendlyName: text,
    },
  },
  ListingVideo: {
    needs: ['fileName'],
    shape: {
      fileName: text,
      streamingUri: text,
      fileSasUri: text,
      state,
      thumbnail: {
        members: {
          fileName: text,
          title: text,
          description: text,
          fileSasUri: text,
          publisherDefinedSasUri: text,
          state,
        },
      },
    },
  },
  CosellAsset: {
    needs: ['fileName', 'type'],
    shape: { fileName: text, type: text, fileSasUri: text, state },
  },
  AzureApplicationPackage: packageType,
  Dynamics365BusinessCentralAddOnExtensionPackage: packageType,
  Dynamics365BusinessCentralAddOnLibraryExtensionPackage: packageType,
  Dynamics365BusinessCentralAddOnDependencyPackage: packageType,
  /** *Observed*: what an old package has for its type. */
  '': packageType,
};

/** What a client may ask for when it makes a package. */
export const PACKAGE_TYPES = Object.keys(FILE_TYPES).filter((name) => name.endsWith('Package'));
