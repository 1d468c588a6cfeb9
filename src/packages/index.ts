export { PackageError, type PackageErrorCode, type PackageErrorDetail } from './package-error';
export type { OpenOptions, PackageSource, SourcePin } from './source';
export { openUploadSource } from './upload-source';
export { createUpload, dropUpload, parseUploadId, uploadId, type UploadPlace, type UploadRequest } from './uploads';
export { createUrlSources, type UrlSourceSettings, type UrlSources } from './url-source';
export {
  inspectSlice,
  pieceSize,
  type InspectionSlice,
  type InspectionState,
  type PackageFacts,
  type SliceOptions,
} from './inspect';
export { readManifest, type PackageManifest } from './manifest';
export { planZip, type ZipBlock, type ZipEntry, type ZipPart, type ZipPlan } from './zip-layout';
export { uploadSlice, type UploadProgress, type UploadSlice, type UploadSliceOptions } from './block-upload';
