/**
 * The words that the submission API takes, as it spells them: it tells case apart ("Manage app submissions", "Manage
 * add-on submissions"; categories and image types as the official CLI has them). Open when reading, closed when writing.
 * `NotSet` is left out: it is what a fresh draft has, and no choice.
 */
const subcategories: Readonly<Record<string, string>> = {
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

export const categories: readonly string[] = Object.entries(subcategories).flatMap(([category, parts]) => [
  category,
  ...parts
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => `${category}_${part}`),
]);

const gameGenres =
  'ActionAndAdventure CardAndBoard Casino Educational FamilyAndKids Fighting Music Platformer PuzzleAndTrivia RacingAndFlying RolePlaying Shooter Simulation Sports Strategy Word';

/** Genres of games, and the categories of other apps: some that are no game carry theirs here. */
export const genres: readonly string[] = [
  ...gameGenres.split(' ').map((name) => `Games_${name}`),
  ...categories.filter((name) => !name.startsWith('Games')),
];

export const visibilities = ['Public', 'Private', 'Hidden'] as const;
export const hardware = ['Touch', 'Keyboard', 'Mouse', 'Camera', 'NfcHce', 'Nfc', 'BluetoothLE', 'Telephony'] as const;
export const licensing = ['None', 'Online', 'OnlineAndOffline'] as const;
export const trialPeriods = [
  'NoFreeTrial',
  'OneDay',
  'TrialNeverExpires',
  'SevenDays',
  'FifteenDays',
  'ThirtyDays',
] as const;
export const kinectData = ['NotSet', 'Unknown', 'Enabled', 'Disabled'] as const;

/** Families that future devices may be of; `7` is one that the service sends and no page names. */
export const deviceFamilies = ['Desktop', 'Mobile', 'Holographic', 'Xbox', 'Team', '7'] as const;

/** Platforms of the past that a listing may have texts of its own for. */
export const platforms = [
  'Unknown',
  'Windows80',
  'Windows81',
  'WindowsPhone71',
  'WindowsPhone80',
  'WindowsPhone81',
] as const;

export const screenshotTypes = [
  'Screenshot',
  'MobileScreenshot',
  'XboxScreenshot',
  'SurfaceHubScreenshot',
  'HoloLensScreenshot',
] as const;

export const imageTypes = [
  ...screenshotTypes,
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
] as const;

export const addOnLifetimes = [
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

/** The content types that the service was seen to accept. */
export const addOnContentTypes = [
  'OnlineDataStorage',
  'BookDownload',
  'MusicDownload',
  'MusicStream',
  'VideoDownload',
  'VideoStream',
] as const;

/** Content types that the page names and the service refuses: an old add-on may still have one. */
export const refusedContentTypes = ['EMagazine', 'ENewspaper', 'Asp', 'OnlineDownload'] as const;

/** The form of a price tier. `Base` is inherited, or a price that the API cannot express. */
export const tierForm = /^(Base|NotAvailable|Free|Tier[1-9]\d*)$/;

export { spelled } from '../spelling';
