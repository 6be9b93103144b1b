// Generated from the commands by `cargo xtask bindings`. Never edited.
// Each set in full, in the order in which it is shown.
import type {
  AbleToDecide,
  AgencyBody,
  ArticleSort,
  AskRoute,
  AskedRecord,
  BecameChoice,
  CheckedBy,
  ChildrenOrder,
  ConsentActKind,
  ConsentAnswer,
  ConsentHow,
  ConsentSense,
  ContactRole,
  CutTest,
  DutySpan,
  DutyState,
  ElsewhereKind,
  EndReason,
  FlagKind,
  FollowedChoice,
  Gate,
  GiverKind,
  HarmAskedAgain,
  HideBy,
  InfoKind,
  ItemSource,
  LaterBecause,
  LeftoverMeans,
  LineGoes,
  ListRowState,
  LogShow,
  LogSpan,
  Mark,
  MayBe,
  MayKnow,
  MayLeave,
  Nation,
  NotSoughtWhy,
  NotYetTold,
  NumberFound,
  OfficerSaid,
  OrderSeen,
  ParentalResponsibility,
  PersonRole,
  PressedToWithdraw,
  PurposeKind,
  PurposeMet,
  RecallEnd,
  RelationshipKind,
  RequesterKind,
  Route,
  ShareKeeping,
  SignedHow,
  SlipPaper,
  SlipTone,
  SourceKind,
  StepKind,
  Theme,
  Twice,
  Unneeded,
  Verdict,
  WayIn,
  WhoSees,
  WhyStays,
} from "./bindings";

export const ARTICLE_SORTS = [
  "contacts",
  "rules",
  "checklist",
  "principles",
  "myths",
  "glossary",
  "reading",
] as const satisfies readonly ArticleSort[];

export const BECAME = [
  "delivered",
  "answered",
  "returned",
  "recalled",
] as const satisfies readonly BecameChoice[];

export const CHECKED_BY = [
  "rang_back",
  "address_looked_up",
  "known_to_me",
  "proof_shown",
  "knew_details",
  "said_where",
  "number_shown",
  "number_withheld",
] as const satisfies readonly CheckedBy[];

export const CHILDREN_ORDERS = ["by_change", "by_name"] as const satisfies readonly ChildrenOrder[];

export const ABLE_TO_DECIDE = ["able", "not_able", "not_settled"] as const satisfies readonly AbleToDecide[];

export const CONSENT_ACTS = [
  "asked",
  "answered",
  "withdrawn",
  "superseded",
  "in_error",
  "not_sought",
  "no_answer",
  "told",
] as const satisfies readonly ConsentActKind[];

export const CONSENT_ANSWERS = [
  "",
  "yes",
  "no",
  "not_this_one",
  "thinking",
] as const satisfies readonly ConsentAnswer[];

export const CONSENT_HOW = [
  "spoken",
  "signature",
  "mark",
  "letter",
  "scan",
] as const satisfies readonly ConsentHow[];

export const CONSENT_SENSES = ["confidence", "service", "gdpr"] as const satisfies readonly ConsentSense[];

export const CONTACT_ROLES = [
  "front_door",
  "lead",
  "designated_officer",
  "police",
  "social_worker",
  "school",
  "early_years",
  "gp",
  "health_visitor",
  "school_nurse",
  "midwife",
  "hospital",
  "mental_health",
  "family_support",
  "domestic_abuse",
  "housing",
  "youth",
  "data_protection",
  "legal",
  "other",
] as const satisfies readonly ContactRole[];

export const END_REASONS = [
  "agency_said",
  "kept_elsewhere",
  "nothing_real",
] as const satisfies readonly EndReason[];

export const DUTY_SPANS = ["all", "now", "week", "later", "undated"] as const satisfies readonly DutySpan[];

export const DUTY_STATES = ["outstanding", "done", "not_needed"] as const satisfies readonly DutyState[];

export const FLAGS = [
  "do_not_tell",
  "no_contact",
  "do_not_post",
  "unsafe_phone",
  "protected_identity",
  "worker_safety",
] as const satisfies readonly FlagKind[];

export const FOLLOWED = ["yes", "no", "not_yet"] as const satisfies readonly FollowedChoice[];

export const GATES = [
  "power",
  "lawful_basis",
  "condition",
  "no_consent_limb",
  "confidence",
  "proportionality",
] as const satisfies readonly Gate[];

export const GIVER_KINDS = [
  "child",
  "adult",
  "parent_with",
  "parent_without",
  "order_holder",
  "special_guardian",
  "council_care_order",
  "council_by_agreement",
  "foster_carer",
  "attorney",
  "appointed",
  "next_of_kin",
] as const satisfies readonly GiverKind[];

export const HARM_AGAIN = ["no", "yes", "not_sure"] as const satisfies readonly HarmAskedAgain[];

export const HIDE_BY = ["shift", "escape", "off"] as const satisfies readonly HideBy[];

export const INFO_KINDS = [
  "identity",
  "family",
  "school",
  "health",
  "mental_health",
  "home",
  "offences",
  "safeguarding",
  "other",
] as const satisfies readonly InfoKind[];

export const LATER_BECAUSE = [
  "flag_do_not_tell",
  "flag_no_contact",
  "coercion_possible",
  "child_in_person",
] as const satisfies readonly LaterBecause[];

export const LEFTOVER_MEANS = ["them", "not_them"] as const satisfies readonly LeftoverMeans[];

export const LIST_ROW_STATES = [
  "faulty",
  "changed",
  "new",
  "same",
  "twice",
] as const satisfies readonly ListRowState[];

export const LOG_SHOWS = [
  "all",
  "overdue",
  "made",
  "sent",
  "delivered",
  "acknowledged",
  "returned",
  "astray",
  "refused",
  "received",
] as const satisfies readonly LogShow[];

export const LOG_SPANS = ["all", "week", "month", "year"] as const satisfies readonly LogSpan[];

export const MARKS = ["fact", "opinion", "reported"] as const satisfies readonly Mark[];

export const MAY_BE = ["yes", "not_sure", "no"] as const satisfies readonly MayBe[];

export const MAY_KNOW = ["yes", "no", "not_said"] as const satisfies readonly MayKnow[];

export const NATIONS = [
  "england",
  "scotland",
  "wales",
  "northern_ireland",
] as const satisfies readonly Nation[];

export const NOT_SOUGHT = [
  "child_harm",
  "adult_harm",
  "coercion",
  "suspect",
  "trafficking",
  "evidence",
  "crime",
  "delay",
  "not_the_ground",
] as const satisfies readonly NotSoughtWhy[];

export const NOT_YET_TOLD = [
  "voicemail",
  "engaged",
  "ring_back",
  "cut_off",
] as const satisfies readonly NotYetTold[];

export const NUMBERS_FOUND = [
  "own_details",
  "directory",
  "everybody",
  "looked_up",
  "they_gave",
  "not_said",
] as const satisfies readonly NumberFound[];

export const ORDERS = ["none", "claimed", "seen", "checked"] as const satisfies readonly OrderSeen[];

export const PRESSED = ["no", "yes", "not_alone"] as const satisfies readonly PressedToWithdraw[];

export const PURPOSE_KINDS = [
  "support",
  "health",
  "education",
  "home",
  "safety",
  "other",
] as const satisfies readonly PurposeKind[];

export const PURPOSES_MET = ["met", "partly", "not_met", "not_yet"] as const satisfies readonly PurposeMet[];

export const RECALL_ENDS = [
  "asked",
  "deleted",
  "given_back",
  "kept",
] as const satisfies readonly RecallEnd[];

export const REQUESTERS = [
  "agency",
  "police",
  "court",
  "solicitor",
  "parent",
  "person",
  "member",
  "journalist",
] as const satisfies readonly RequesterKind[];

export const RESPONSIBILITY = [
  "holds",
  "does_not_hold",
  "not_known",
] as const satisfies readonly ParentalResponsibility[];

export const ROLES = [
  "child",
  "parent",
  "carer",
  "other_adult",
  "practitioner",
] as const satisfies readonly PersonRole[];

export const ROUTES = [
  "telephone",
  "in_person",
  "secure_email",
  "portal",
  "by_hand",
  "post",
  "encrypted_file",
] as const satisfies readonly Route[];

export const SHARE_KEEPINGS = ["who_acts", "school", "doctor"] as const satisfies readonly ShareKeeping[];

export const SIGNED_HOW = [
  "drawn",
  "typed",
  "mark",
  "spoken",
  "unable",
] as const satisfies readonly SignedHow[];

export const SLIP_PAPERS = ["choose", "telling"] as const satisfies readonly SlipPaper[];

export const SLIP_TONES = ["plain", "easy", "child"] as const satisfies readonly SlipTone[];

export const MAY_LEAVE = ["nothing", "spoken", "neutral", "as_it_is"] as const satisfies readonly MayLeave[];

export const WHO_SEES = [
  "nobody",
  "post",
  "phone",
  "both",
  "not_known",
] as const satisfies readonly WhoSees[];

export const SOURCES = [
  "visit",
  "call",
  "meeting",
  "setting",
  "message",
  "other",
] as const satisfies readonly ItemSource[];

export const SOURCE_KINDS = ["agency", "person", "anonymous"] as const satisfies readonly SourceKind[];

export const STEP_KINDS = [
  "yes_no_not_sure",
  "one_of",
  "many_of",
  "text",
  "date",
  "people",
  "adviser",
  "items",
  "weighing",
  "each_person",
  "checklist",
] as const satisfies readonly StepKind[];

export const AGENCY_BODIES = ["public", "private"] as const satisfies readonly AgencyBody[];

export const ASKED_RECORDS = [
  "educational_record",
  "report",
  "protection_file",
  "who_was_told",
] as const satisfies readonly AskedRecord[];

export const ASK_ROUTES = [
  "agreement",
  "harm",
  "duty",
  "order",
  "own_request",
  "not_known",
] as const satisfies readonly AskRoute[];

export const ELSEWHERE_KINDS = [
  "health",
  "school",
  "social_care",
  "police",
  "youth_justice",
  "housing",
  "early_help",
  "court",
  "other",
] as const satisfies readonly ElsewhereKind[];

export const CUT_TESTS = [
  "serious_harm",
  "health_opinion",
  "child_abuse",
  "other_people",
  "senders_limits",
  "not_yet_told",
] as const satisfies readonly CutTest[];

export const LINE_GOES = ["goes", "reworded", "cut"] as const satisfies readonly LineGoes[];

export const OFFICER_SAID = ["released", "changed", "refused"] as const satisfies readonly OfficerSaid[];

export const THEMES = ["system", "light", "dark", "contrast"] as const satisfies readonly Theme[];

export const TIES = [
  "mother",
  "father",
  "parent",
  "step_parent",
  "adoptive_parent",
  "partner_of_parent",
  "grandparent",
  "great_grandparent",
  "aunt_or_uncle",
  "cousin",
  "sibling",
  "half_sibling",
  "step_sibling",
  "foster_carer",
  "kinship_carer",
  "special_guardian",
  "carer",
  "partner",
  "former_partner",
  "other_relative",
  "family_friend",
  "neighbour",
  "lodger",
  "childminder",
  "contact",
  "professional",
] as const satisfies readonly RelationshipKind[];

export const TWICE = ["first", "second"] as const satisfies readonly Twice[];

export const UNNEEDED = [
  "does_not_fit",
  "another",
  "twice",
  "overtaken",
  "moved",
] as const satisfies readonly Unneeded[];

export const VERDICTS = ["agrees", "disagrees"] as const satisfies readonly Verdict[];

export const WAYS_IN = [
  "worried",
  "works-with-children",
  "request",
  "risky-adult",
  "service",
  "changed-mind",
  "moves",
  "numbers",
] as const satisfies readonly WayIn[];

export const WHY_STAYS = [
  "",
  "not_needed",
  "no_permission",
  "senders_limit",
  "somebody_else",
  "too_old",
  "not_certain",
  "unsafe",
  "other",
] as const satisfies readonly WhyStays[];
