/** Spellings of section 2.10.1 of the documentation set; `Category` or `Category_Subcategory`. */
const CATEGORY_TREE: Readonly<Record<string, string>> = {
  NotSet: '',
  BooksAndReference: 'EReader Fiction Nonfiction Reference',
  Business:
    'AccountingAndFinance Collaboration CRM DataAndAnalytics FileManagement InventoryAndLogistics LegalAndHR ProjectManagement RemoteDesktop SalesAndMarketing TimeAndExpenses',
  DeveloperTools: 'Database DesignTools DevelopmentKits Networking ReferenceAndTraining Servers Utilities Webhosting',
  Education: 'BooksAndReference EarlyLearning InstructionalTools Language StudyAids',
  Entertainment: '',
  FoodAndDining: '',
  Games:
    'ActionAndAdventure CardAndBoard Casino Classics Educational FamilyAndKids Fighting MultiPlayerOnlineBattleArena Music Other Platformer PuzzleAndTrivia RacingAndFlying Roleplaying Shooter Simulation Sports Strategy Tools Word',
  GovernmentAndPolitics: '',
  HealthAndFitness: '',
  KidsAndFamily: 'BooksAndReference Entertainment HobbiesAndToys SportsAndActivities Travel',
  Lifestyle: 'Automotive DIY HomeAndGarden Relationships SpecialInterest StyleAndFashion',
  Medical: '',
  MultimediaDesign: 'IllustrationAndGraphicDesign MusicProduction PhotoAndVideoProduction',
  Music: '',
  NavigationAndMaps: '',
  NewsAndWeather: 'News Weather',
  PersonalFinance: 'BankingAndInvestments BudgetingAndTaxes',
  Personalization: 'RingtonesAndSounds Themes WallpaperAndLockScreens',
  PhotoAndVideo: '',
  Productivity: '',
  Security: 'PCProtection PersonalSecurity',
  Shopping: '',
  Social: '',
  Sports: '',
  Travel: 'CityGuides Hotels',
  UtilitiesAndTools: 'BackupAndManage FileManager',
};

export const CATEGORIES: readonly string[] = Object.entries(CATEGORY_TREE).flatMap(([category, subcategories]) => [
  category,
  ...subcategories
    .split(' ')
    .filter((name) => name !== '')
    .map((name) => `${category}_${name}`),
]);

export const VISIBILITIES = ['Public', 'Private', 'Hidden', 'NotSet'] as const;
export const PUBLISH_MODES = ['Immediate', 'Manual', 'SpecificDate', 'NotSet'] as const;
export const HARDWARE = ['Touch', 'Keyboard', 'Mouse', 'Camera', 'NfcHce', 'Nfc', 'BluetoothLE', 'Telephony'] as const;
export const LICENSING = ['None', 'Online', 'OnlineAndOffline'] as const;
export const TRIALS = ['NoFreeTrial', 'OneDay', 'TrialNeverExpires', 'SevenDays', 'FifteenDays', 'ThirtyDays'] as const;
export const FILE_STATUSES = ['None', 'PendingUpload', 'Uploaded', 'PendingDelete'] as const;
export const DIRECTX = ['None', 'DirectX93', 'DirectX100'] as const;
export const RAM = ['None', 'Memory2GB'] as const;
export const KINECT = ['NotSet', 'Unknown', 'Enabled', 'Disabled'] as const;
export const PLATFORMS = [
  'Unknown',
  'Windows80',
  'Windows81',
  'WindowsPhone71',
  'WindowsPhone80',
  'WindowsPhone81',
] as const;
export const IMAGE_TYPES = [
  'Screenshot',
  'MobileScreenshot',
  'XboxScreenshot',
  'SurfaceHubScreenshot',
  'HoloLensScreenshot',
  'StoreLogo9x16',
  'StoreLogoSquare',
  'Icon',
  'PromotionalArt16x9',
  'PromotionalArtwork2400X1200',
  'XboxBrandedKeyArt',
  'XboxTitledHeroArt',
  'XboxFeaturedPromotionalArt',
  'SquareIcon358X358',
  'BackgroundImage1000X800',
  'PromotionalArtwork414X180',
  'PromotionalArtwork846X468',
  'PromotionalArtwork558X756',
  'PromotionalArtwork414X468',
  'PromotionalArtwork558X558',
  'WideIcon358X173',
  'Unknown',
] as const;
/** Of add-ons. *Documented*. */
export const CONTENT_TYPES = [
  'NotSet',
  'BookDownload',
  'EMagazine',
  'ENewspaper',
  'MusicDownload',
  'MusicStream',
  'OnlineDataStorage',
  'VideoDownload',
  'VideoStream',
  'Asp',
  'OnlineDownload',
] as const;
/** *Observed*: those that an update of an add-on accepts. */
export const ACCEPTED_CONTENT_TYPES: readonly string[] = [
  'OnlineDataStorage',
  'BookDownload',
  'MusicDownload',
  'MusicStream',
  'VideoDownload',
  'VideoStream',
];
export const LIFETIMES = [
  'Forever',
  'OneDay',
  'ThreeDays',
  'FiveDays',
  'OneWeek',
  'TwoWeeks',
  'OneMonth',
  'TwoMonths',
  'ThreeMonths',
  'SixMonths',
  'OneYear',
] as const;
