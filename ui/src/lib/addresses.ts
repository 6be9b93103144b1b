// Every address of the window, made in one place. An address is what stands after `#`; it holds ids and
// never a name.
export const at = {
  today: () => "/today",
  todo: (id: string) => `/today/${id}`,
  /** The text for the form, where a duty is to confirm in writing. */
  referral: (id: string) => `/today/${id}/write`,
  /** What of the file goes along with it. */
  goesWith: (id: string) => `/today/${id}/goes/along`,
  closeDuty: (id: string) => `/today/${id}/close`,
  /** Everything to do: a span of it, or `child`. */
  duties: (by: string) => `/duties/${by}`,
  dutiesOf: (id: string) => `/duties/of/${id}`,
  danger: () => "/danger",
  /** The same, about the child of a file. */
  dangerFor: (file: string) => `/danger/for/${file}`,
  dangerNote: (emergency: string) => `/danger/${emergency}`,
  dangerWriteUp: (emergency: string) => `/danger/${emergency}/write-up`,
  search: (query: string) => `/search/${encodeURIComponent(query)}`,
  children: () => "/children",
  newChild: () => "/children/new",
  child: (id: string) => `/children/${id}`,
  childTab: (id: string, tab: string) => `/children/${id}/${tab}`,
  restricted: () => "/restricted",
  newRestricted: () => "/restricted/new",
  /** What the child's file holds that belongs in a restricted one. */
  apart: (id: string) => `/children/${id}/apart`,
  /** To whom nothing of a restricted file goes. */
  keptFrom: (id: string) => `/children/${id}/kept-from`,
  person: (id: string, person: string) => `/children/${id}/people/${person}`,
  /** Which other agencies hold a record. */
  elsewhere: (id: string) => `/children/${id}/elsewhere`,
  newElsewhere: (id: string) => `/children/${id}/elsewhere/new`,
  heldElsewhere: (id: string, held: string) => `/children/${id}/elsewhere/${held}`,
  /** Rows of the story, chosen for a paper. */
  chronology: (id: string) => `/children/${id}/chronology`,
  /** Who asked who was told what, in a file. */
  statements: (id: string) => `/children/${id}/statements`,
  newStatement: (id: string) => `/children/${id}/statements/new`,
  /** A draft in the place of an earlier one. */
  anewStatement: (id: string, instead: string) => `/children/${id}/statements/new/${instead}`,
  statement: (statement: string) => `/statements/${statement}`,
  statementSent: (statement: string) => `/statements/${statement}/sent`,
  statementAnswered: (statement: string) => `/statements/${statement}/answered`,
  /** The doors of a decision, in a file. */
  doors: (id: string) => `/children/${id}/share`,
  /** Begins a decision in a file through a door, or a linked one. */
  through: (id: string, door: string) => `/children/${id}/begin/${door}`,
  /** A decision of another day, or where agency, child and harm are in different nations. */
  shareOtherwise: (id: string) => `/children/${id}/otherwise`,
  newPerson: (id: string) => `/children/${id}/people/new`,
  newTie: (id: string) => `/children/${id}/ties/new`,
  endTie: (id: string, tie: string) => `/children/${id}/ties/${tie}/end`,
  newFlag: (id: string) => `/children/${id}/flags/new`,
  liftFlag: (id: string, flag: string) => `/children/${id}/flags/${flag}/end`,
  newEntry: (id: string) => `/children/${id}/entries/new`,
  entry: (id: string, item: string) => `/children/${id}/entries/${item}`,
  withdrawEntry: (id: string, item: string) => `/children/${id}/entries/${item}/end`,
  /** Copies a person, a home or a note into another child's file. */
  copy: (id: string, what: "people" | "homes" | "entries", which: string) =>
    `/children/${id}/copy/${what}/${which}`,
  /** Another file of the same child. */
  join: (id: string) => `/children/${id}/join`,
  newVisit: (id: string) => `/children/${id}/visits/new`,
  visit: (id: string, visit: string) => `/children/${id}/visits/${visit}`,
  /** Further lines of a visit that is written down. */
  visitLines: (id: string, visit: string) => `/children/${id}/visits/${visit}/lines`,
  papers: (id: string) => `/children/${id}/papers`,
  newPaper: (id: string) => `/children/${id}/papers/new`,
  paper: (id: string, paper: string) => `/children/${id}/papers/${paper}`,
  correctPaper: (id: string, paper: string) => `/children/${id}/papers/${paper}/correct`,
  /** Adds a newer paper in the place of one. */
  replacePaper: (id: string, paper: string) => `/children/${id}/papers/${paper}/replace`,
  withdrawPaper: (id: string, paper: string) => `/children/${id}/papers/${paper}/end`,
  newAdvice: (id: string) => `/children/${id}/advice/new`,
  newDisclosure: (id: string) => `/children/${id}/disclosures/new`,
  /** Writes down what we were told. */
  newReceived: (id: string) => `/children/${id}/received/new`,
  /** Opens a share that came, and writes it down. */
  arrived: (id: string) => `/children/${id}/received/share`,
  /** Corrects what we were told, or takes it back. */
  received: (id: string, which: string) => `/children/${id}/received/${which}`,
  receivedWrong: (id: string, which: string) => `/children/${id}/received/${which}/wrong`,
  /** The sharing log: over all files, and of one. */
  log: () => "/log",
  logOf: (id: string) => `/children/${id}/log`,
  /** What became of something that left. */
  logLine: (id: string) => `/log/${id}`,
  wrongPerson: (id: string) => `/log/${id}/wrong`,
  /** Tells whoever has something what changed. */
  notice: (duty: string) => `/notices/${duty}`,
  consent: (id: string) => `/children/${id}/consent`,
  newConsent: (id: string) => `/children/${id}/consent/new`,
  /** Somebody takes a yes back: which matter of the page, and who of those who can. */
  withdrawConsent: (id: string, matter: number, who: number) =>
    `/children/${id}/consent/withdraw/${matter}/${who}`,
  slip: (id: string) => `/children/${id}/slip`,
  strikeConsent: (id: string, event: string) => `/children/${id}/consent/${event}/error`,
  /** What brings you here? The first page of Should I share, where no child is chosen. */
  newDecision: () => "/decide",
  /** Which child is it about? Behind a door that needs one. */
  doorWhose: (door: string) => `/decide/whose/${door}`,
  /** The file that a door without a child opens. */
  doorWithout: (door: string) => `/decide/without/${door}`,
  /** Changes the door of a begun decision. */
  door: (decision: string) => `/decide/${decision}/door`,
  /** The same for somebody else whom a decision found at risk. */
  linkedDecision: () => "/decide/for/linked",
  newRequest: (id: string) => `/children/${id}/request`,
  request: (decision: string) => `/decide/${decision}/request`,
  decide: (decision: string) => `/decide/${decision}`,
  question: (decision: string, step: string) => `/decide/${decision}/question/${step}`,
  outcome: (decision: string) => `/decide/${decision}/outcome`,
  check: (decision: string) => `/decide/${decision}/check`,
  /** What of the file goes, and what stays. */
  goes: (decision: string) => `/decide/${decision}/goes`,
  /** The card of a call about a decision, signed or not. */
  call: (decision: string, key: string) => `/calls/${decision}/${encodeURIComponent(key)}`,
  decision: (decision: string) => `/decisions/${decision}`,
  directory: () => "/directory",
  newContact: () => "/directory/new",
  contactList: () => "/directory/list",
  contact: (contact: string) => `/directory/${contact}`,
  removeContact: (contact: string) => `/directory/${contact}/remove`,
  handover: () => "/handover",
  settings: () => "/settings",
  setting: (part: string) => `/settings/${part}`,
  /** The share that is made from a signed decision. */
  give: (decision: string) => `/decisions/${decision}/give`,
  /** What of it goes, where that was not chosen when it was signed, and what is left out. */
  shareGoes: (decision: string) => `/decisions/${decision}/give/goes`,
  /** Their own form on the web, a section at a time. */
  webForm: (decision: string, share: string) => `/decisions/${decision}/give/${share}/form`,
  shareSent: (decision: string, share: string) => `/decisions/${decision}/give/${share}/sent`,
  shareAnswered: (decision: string, share: string) => `/decisions/${decision}/give/${share}/answered`,
  countersigning: (decision: string) => `/decisions/${decision}/countersign`,
  countersign: () => "/countersign",
  replay: (decision: string) => `/decisions/${decision}/replay`,
  decisionMap: (decision: string) => `/decisions/${decision}/map`,
  library: (nation: string) => `/library/${nation}`,
  libraryMap: (nation: string) => `/library/${nation}/map`,
  libraryGivers: (nation: string) => `/library/${nation}/consent`,
  article: (nation: string, article: string, point?: string) =>
    `/library/${nation}/read/${article}${point ? `/${point}` : ""}`,
  help: () => "/help",
  helpPart: (part: string) => `/help/${part}`,
} as const;

/** An address as the value of `href`. */
export const href = (address: string): string => `#${address}`;
