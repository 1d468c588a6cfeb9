export { uploadSlice, type UploadSliceOptions } from './block-upload';
export { inspectSlice, pieceSize, type InspectionSlice, type InspectionState, type PackageFacts } from './inspect';
export { readManifest, type PackageManifest } from './manifest';
export { PackageError, type PackageErrorCode } from './package-error';
export type { PackageSource, SourcePin } from './source';
export { openUploadSource } from './upload-source';
export { createUpload, dropUpload, parseUploadId, uploadId } from './uploads';
export { createUrlSources, type UrlSourceSettings, type UrlSources } from './url-source';
export { planZip, type ZipEntry, type ZipPlan } from './zip-layout';
