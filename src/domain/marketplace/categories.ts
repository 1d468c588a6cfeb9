/**
 * The keys of categories and industries (Microsoft's tables for the Azure Marketplace and AppSource), each with those
 * below it: what any product of this API may have, for the kinds of products share some keys. They are told apart by
 * case and must be exact.
 */
const categories: Readonly<Record<string, string>> = {
  Analytics: 'advanced-analytics other-analytics visualization-reporting',
  ArtificialIntelligence:
    'ai-for-business automated-ml bot-apps bot-services business-robotic-process-automation cognitive-services data-labelling data-preparation knowledge-mining ml-operations ml-service other-AI-plus-machine-learning other-ai-plus-machine-learning',
  Collaboration:
    'contact-people meeting-management other-collaboration site-design-management task-project-management voice-video-conferencing',
  CustomerService:
    'back-office-employee-service contact-center face-to-face-service knowledge-case-management other-customer-service social-media-omnichannel-engagement',
  Finance:
    'accounting analytics-consolidation-reporting asset-management compliance-risk-management credit-collections other-finance',
  HumanResources:
    'hr-operations other-human-resources talent-acquisition talent-management workforce-planning-analytics',
  ITandAdministration: 'businessApplication management-solutions other-it-management-tools',
  IoT: 'asset-management-operations connected-products data-analytics-and-visualization intelligent-supply-chain iot-connectivity iot-solutions other-internet-of-things predictive-maintenance remote-monitoring safety-security smart-infrastructure-resources vehicles-mobility',
  Marketing:
    'advertisement analytics-marketing campaign-management-automation email-marketing events-resource-management other-marketing research-analytics social-media',
  OperationsSupplyChain:
    'asset-production-management demand-forecasting information-management-connectivity other-operations-supply-chain planning-purchasing-reporting quality-service-management sales-order-management transportation-warehouse-management',
  Productivity:
    'Gamification content-creation-management document-management email-management language-translation other-productivity search-reference',
  Sales:
    'business-data-enrichment configure-price-quote contract-management crm e-commerce other-sales sales-enablement telesales',
  'ai-plus-machine-learning':
    'automated-ml bot-services business-robotic-process-automation cognitive-services data-labelling data-preparation knowledge-mining ml-operations ml-service other',
  'ai-plus-machine-learning-dynamics': 'ai-for-business bot-apps other-ai-plus-machine-learning',
  analytics:
    'advanced-analytics big-data data-analytics data-insights other predictive-analytics real-time-streaming-analytics visualization-reporting',
  'analytics-amp': 'big-data data-analytics data-insights other predictive-analytics real-time-streaming-analytics',
  'analytics-azure-apps':
    'bigData data-analytics data-insights other-analytics predictive-analytics real-time-streaming-analytics',
  blockchain: 'app-accelerators multi-node-ledger other single-node-ledger tools',
  compliance: 'Legal data-governance-privacy health-safety other-compliance-legal tax-audit',
  compute: 'application-infrastructure cache operating-systems other',
  'compute-azure-apps': 'appInfrastructure cache clientOS other-compute',
  'compute-saas': 'appInfra cache clientOS other-compute',
  containers: 'container-apps container-images get-started-with-containers other',
  database:
    'data-lakes data-warehouse ledger-blockchain-databases nosql-databases other-databases relational-databases',
  databases: 'data-lakes data-warehouse ledger-blockchain-databases nosql-databases other relational-databases',
  'databases-saas':
    'data-lakes data-warehouse ledger-blockchain-databases nosql-databases other-databases relational-databases',
  'developer-tools': 'developer-service other scripts tools-developer-tools',
  'developer-tools-azure-apps': 'devService other-developer-tools scripts tools-developer-tools',
  'developer-tools-saas': 'devService other-developer-tools scripts tools-developer-tools',
  devops: 'other',
  geolocation: 'maps news-and-weather other-geolocation',
  identity: 'access-management other',
  integration: 'messaging other',
  'internet-of-things':
    'data-analytics-and-visualization iot-connectivity iot-core-services iot-edge-modules iot-solutions other',
  'internet-of-things-azure-apps':
    'data-analytics-and-visualization iot-connectivity iot-core-services iot-edge-modules iot-solutions other-internet-of-things',
  'internet-of-things-dynamics':
    'asset-management-operations connected-products intelligent-supply-chain other-internet-of-things predictive-maintenance remote-monitoring safety-security smart-infrastructure-resources vehicles-mobility',
  'it-and-management-tools': 'business-applications management-solutions other',
  'it-and-management-tools-azure-apps': 'businessApplication management-solutions other-it-management-tools',
  media: 'content-protection live-and-on-demand-streaming media-services other',
  migration: 'data-migration other',
  'mixed-reality': 'other',
  'monitoring-and-diagnostics': 'other',
  networking: 'appliance-managers connectivity firewalls load-balancers other',
  security: 'identity-and-access-management information-protection other threat-protection',
  storage: 'backup-and-recovery data-lifecycle-management enterprise-hybrid-storage file-sharing other',
  'storage-azure-apps': 'backup data-lifecycle-management enterprise-hybrid-storage file-sharing other-storage',
  'storage-saas': 'backup data-lifecycle-management enterprise-hybrid-storage file-sharing other-storage',
  web: 'blogs-and-cmss ecommerce other starter-web-apps web-apps web-apps-frameworks',
};

const industries: Readonly<Record<string, string>> = {
  Agriculture: 'Agriculture_OtherUnsegmented',
  ArchitectureAndConstruction: 'ArchitectureAndConstruction_OtherUnsegmented',
  Automotive: 'AutomotiveL2',
  Distribution: 'ParcelAndPackageShipping Wholesale',
  Education: 'HigherEducation LibrariesAndMuseums PrimaryAndSecondaryEducationK12',
  FinancialServices: 'BankingAndCapitalMarkets Insurance',
  Government: 'CivilianGovernment DefenseAndIntelligence PublicSafetyAndJustice',
  HealthCareandLifeSciences: 'HealthPayor HealthProvider Pharmaceuticals',
  HospitalityandTravel: 'HotelsAndLeisure RestaurantsAndFoodServices TravelAndTransportation',
  Manufacturing: 'ChemicalAndAgrochemical DiscreteManufacturing Energy',
  MediaAndCommunications: 'MediaandEntertainment Telecommunications',
  OtherPublicSectorIndustries: 'ForestryAndFishing Nonprofits',
  ProfessionalServices: 'Legal PartnerProfessionalServices',
  RealEstate: 'RealEstate_OtherUnsegmented',
  RetailandConsumerGoods: 'ConsumerGoods Retailers',
};

/** The categories of both stores, with the subcategories of each. */
export const categoryKeys = keysOf(categories);

/** The industries of AppSource, with the verticals of each. */
export const industryKeys = keysOf(industries);

function keysOf(table: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(table).map(([key, below]) => [key, below.split(' ')]));
}
