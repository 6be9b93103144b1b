// Every page and its address. The first that fits is shown.
import type { Route } from "@/lib/router.svelte";
import Line from "./account/Line.svelte";
import Arrived from "./account/Arrived.svelte";
import Log from "./account/Log.svelte";
import Notice from "./account/Notice.svelte";
import Received from "./account/Received.svelte";
import ReceivedWrong from "./account/ReceivedWrong.svelte";
import Wrong from "./account/Wrong.svelte";
import Danger from "./danger/Danger.svelte";
import DangerWriteUp from "./danger/WriteUp.svelte";
import Call from "./calls/Call.svelte";
import Children from "./children/Children.svelte";
import Chronology from "./children/Chronology.svelte";
import FileDetails from "./children/Details.svelte";
import Advice from "./children/Advice.svelte";
import Disclosure from "./children/Disclosure.svelte";
import Copy from "./children/Copy.svelte";
import End from "./children/End.svelte";
import Entry from "./children/Entry.svelte";
import File from "./children/File.svelte";
import Join from "./children/Join.svelte";
import OpenFile from "./children/OpenFile.svelte";
import People from "./children/People.svelte";
import Person from "./children/Person.svelte";
import SetFlag from "./children/SetFlag.svelte";
import Share from "./children/Share.svelte";
import Tie from "./children/Tie.svelte";
import Visit from "./children/Visit.svelte";
import Consent from "./consent/Consent.svelte";
import RecordConsent from "./consent/Record.svelte";
import StrikeConsent from "./consent/Strike.svelte";
import WithdrawConsent from "./consent/Withdraw.svelte";
import Ask from "./countersign/Ask.svelte";
import Countersign from "./countersign/Countersign.svelte";
import Begin from "./decide/Begin.svelte";
import ChangeDoor from "./decide/ChangeDoor.svelte";
import CheckDecision from "./decide/Check.svelte";
import Decide from "./decide/Decide.svelte";
import Decision from "./decide/Decision.svelte";
import Doors from "./decide/Doors.svelte";
import Outcome from "./decide/Outcome.svelte";
import Request from "./decide/Request.svelte";
import Replay from "./decide/Replay.svelte";
import Question from "./decide/Question.svelte";
import Through from "./decide/Through.svelte";
import Without from "./decide/Without.svelte";
import Contact from "./directory/Contact.svelte";
import Directory from "./directory/Directory.svelte";
import ContactList from "./directory/List.svelte";
import RemoveContact from "./directory/Remove.svelte";
import Elsewhere from "./elsewhere/Elsewhere.svelte";
import HeldElsewhere from "./elsewhere/HeldElsewhere.svelte";
import Extent from "./extent/Extent.svelte";
import Handover from "./handover/Handover.svelte";
import Help from "./help/Help.svelte";
import Article from "./library/Article.svelte";
import Givers from "./library/Givers.svelte";
import Library from "./library/Library.svelte";
import Map from "./library/Map.svelte";
import Apart from "./restricted/Apart.svelte";
import KeptFrom from "./restricted/KeptFrom.svelte";
import OpenRestricted from "./restricted/Open.svelte";
import Restricted from "./restricted/Restricted.svelte";
import AddPaper from "./papers/AddPaper.svelte";
import Paper from "./papers/Paper.svelte";
import Papers from "./papers/Papers.svelte";
import Search from "./search/Search.svelte";
import Settings from "./settings/Settings.svelte";
import ShareAnswered from "./share/Answered.svelte";
import Give from "./share/Give.svelte";
import ShareSent from "./share/Sent.svelte";
import WebForm from "./share/WebForm.svelte";
import Slip from "./slip/Slip.svelte";
import DraftStatement from "./statement/Draft.svelte";
import StatementAnswered from "./statement/Answered.svelte";
import StatementSent from "./statement/Sent.svelte";
import Statement from "./statement/Statement.svelte";
import Statements from "./statement/Statements.svelte";
import Referral from "./today/Referral.svelte";
import Settle from "./today/Settle.svelte";
import Duties from "./today/Duties.svelte";
import DutiesOf from "./today/DutiesOf.svelte";
import Today from "./today/Today.svelte";

export const routes: readonly Route[] = [
  { path: "/today", page: Today, area: "today" },
  { path: "/today/:id", page: Settle, area: "today" },
  { path: "/today/:id/write", page: Referral, area: "today" },
  { path: "/today/:id/goes/:duty", page: Extent, area: "today" },
  { path: "/today/:id/:close", page: Settle, area: "today" },
  { path: "/duties/:by", page: Duties, area: "today", stays: true },
  { path: "/duties/of/:id", page: DutiesOf, area: "today" },
  { path: "/danger", page: Danger, area: "danger", stays: true },
  { path: "/danger/for/:file", page: Danger, area: "danger", stays: true },
  { path: "/danger/:id", page: Danger, area: "danger", stays: true },
  { path: "/danger/:id/write-up", page: DangerWriteUp, area: "danger" },
  { path: "/children", page: Children, area: "children" },
  { path: "/children/new", page: OpenFile, area: "children" },
  { path: "/children/:id", page: File, area: "children" },
  { path: "/children/:id/share", page: Doors, area: "decide" },
  { path: "/children/:id/begin/:door", page: Through, area: "decide" },
  { path: "/children/:id/otherwise", page: Share, area: "decide" },
  { path: "/children/:id/people", page: People, area: "children" },
  { path: "/children/:id/people/new", page: Person, area: "children" },
  { path: "/children/:id/people/:person", page: Person, area: "children" },
  { path: "/children/:id/ties/new", page: Tie, area: "children" },
  { path: "/children/:id/flags/new", page: SetFlag, area: "children" },
  { path: "/children/:id/entries/new", page: Entry, area: "children" },
  { path: "/children/:id/entries/:item", page: Entry, area: "children" },
  { path: "/children/:id/copy/:what/:which", page: Copy, area: "children" },
  { path: "/children/:id/visits/new", page: Visit, area: "children" },
  { path: "/children/:id/visits/:visit", page: Visit, area: "children" },
  { path: "/children/:id/visits/:visit/:more", page: Visit, area: "children" },
  { path: "/children/:id/elsewhere", page: Elsewhere, area: "children" },
  { path: "/children/:id/elsewhere/new", page: HeldElsewhere, area: "children" },
  { path: "/children/:id/elsewhere/:held", page: HeldElsewhere, area: "children" },
  { path: "/children/:id/chronology", page: Chronology, area: "children" },
  { path: "/children/:id/papers", page: Papers, area: "children" },
  { path: "/children/:id/join", page: Join, area: "children" },
  { path: "/children/:id/papers/new", page: AddPaper, area: "children" },
  { path: "/children/:id/papers/:paper", page: Paper, area: "children" },
  { path: "/children/:id/papers/:paper/correct", page: AddPaper, area: "children" },
  { path: "/children/:id/papers/:old/replace", page: AddPaper, area: "children" },
  { path: "/children/:id/advice/new", page: Advice, area: "children" },
  { path: "/children/:id/consent", page: Consent, area: "children" },
  { path: "/children/:id/consent/new", page: RecordConsent, area: "children" },
  { path: "/children/:id/consent/withdraw/:matter/:who", page: WithdrawConsent, area: "children" },
  { path: "/children/:id/slip", page: Slip, area: "children" },
  { path: "/children/:id/consent/:which/error", page: StrikeConsent, area: "children" },
  { path: "/children/:id/disclosures/new", page: Disclosure, area: "children" },
  { path: "/children/:id/received/new", page: Received, area: "children" },
  { path: "/children/:id/received/share", page: Arrived, area: "children" },
  { path: "/children/:id/received/:which", page: Received, area: "log" },
  { path: "/children/:id/received/:which/wrong", page: ReceivedWrong, area: "log" },
  { path: "/children/:id/statements", page: Statements, area: "log" },
  { path: "/children/:id/statements/new", page: DraftStatement, area: "log" },
  { path: "/children/:id/statements/new/:instead", page: DraftStatement, area: "log" },
  { path: "/statements/:id", page: Statement, area: "log" },
  { path: "/statements/:id/sent", page: StatementSent, area: "log" },
  { path: "/statements/:id/answered", page: StatementAnswered, area: "log" },
  { path: "/children/:id/log", page: Log, area: "log" },
  { path: "/log", page: Log, area: "log" },
  { path: "/log/:id", page: Line, area: "log" },
  { path: "/log/:id/wrong", page: Wrong, area: "log" },
  { path: "/notices/:id", page: Notice, area: "log" },
  { path: "/restricted", page: Restricted, area: "children" },
  { path: "/restricted/new", page: OpenRestricted, area: "children" },
  { path: "/children/:id/apart", page: Apart, area: "children" },
  { path: "/children/:id/kept-from", page: KeptFrom, area: "children" },
  { path: "/children/:id/details", page: FileDetails, area: "children" },
  { path: "/children/:id/:what/:which/end", page: End, area: "children" },
  { path: "/decide/whose/:door", page: Begin, area: "decide" },
  { path: "/decide/without/:door", page: Without, area: "decide" },
  { path: "/children/:id/request", page: Request, area: "decide" },
  { path: "/decide/:id/request", page: Request, area: "decide" },
  { path: "/decide", page: Doors, area: "decide" },
  { path: "/decide/for/:why", page: Begin, area: "decide" },
  { path: "/decide/:id", page: Decide, area: "decide" },
  { path: "/decide/:id/question/:step", page: Question, area: "decide" },
  { path: "/decide/:id/door", page: ChangeDoor, area: "decide" },
  { path: "/decide/:id/outcome", page: Outcome, area: "decide" },
  { path: "/decide/:id/check", page: CheckDecision, area: "decide" },
  { path: "/decide/:id/goes", page: Extent, area: "decide" },
  { path: "/calls/:decision/:key", page: Call, area: "decide" },
  { path: "/decisions/:id", page: Decision, area: "decide" },
  { path: "/decisions/:id/give", page: Give, area: "decide" },
  { path: "/decisions/:id/give/:given", page: Extent, area: "decide" },
  { path: "/decisions/:id/give/:share/form", page: WebForm, area: "decide" },
  { path: "/decisions/:id/give/:share/sent", page: ShareSent, area: "decide" },
  { path: "/decisions/:id/give/:share/answered", page: ShareAnswered, area: "decide" },
  { path: "/search", page: Search, area: "search", stays: true },
  { path: "/search/:query", page: Search, area: "search", stays: true },
  { path: "/directory", page: Directory, area: "directory" },
  { path: "/directory/new", page: Contact, area: "directory" },
  { path: "/directory/list", page: ContactList, area: "directory" },
  { path: "/directory/:id", page: Contact, area: "directory" },
  { path: "/directory/:id/remove", page: RemoveContact, area: "directory" },
  { path: "/handover", page: Handover, area: "handover" },
  { path: "/settings", page: Settings, area: "settings" },
  { path: "/settings/:part", page: Settings, area: "settings" },
  { path: "/decisions/:id/replay", page: Replay, area: "decide" },
  { path: "/decisions/:id/countersign", page: Ask, area: "decide" },
  { path: "/countersign", page: Countersign, area: "handover" },
  { path: "/decisions/:id/map", page: Map, area: "decide" },
  { path: "/library/:nation", page: Library, area: "guidance", stays: true },
  { path: "/library/:nation/map", page: Map, area: "guidance" },
  { path: "/library/:nation/consent", page: Givers, area: "guidance" },
  { path: "/library/:nation/read/:article", page: Article, area: "guidance" },
  { path: "/library/:nation/read/:article/:point", page: Article, area: "guidance" },
  { path: "/help", page: Help, area: "help" },
  { path: "/help/:part", page: Help, area: "help" },
];
