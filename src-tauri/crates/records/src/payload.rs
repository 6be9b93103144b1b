//! What each kind of entry carries.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::words::closed_set;
use crate::{
    Absence, AccountNote, Advice, AgencyRecovery, Attachment, AttachmentId, Call, Case, CaseId, ChainSlice,
    ConsentEvent, Contact, ContactId, Countersigned, Decision, Disclosure, Emergency, EmergencyWriteUp,
    EntryId, Flag, FlagId, HandoverId, HandoverPart, HeldElsewhere, Item, ItemId, Join, JoinId, Leaving,
    LeftoverAnswer, Moment, Nation, Obligation, ObligationId, OriginId, PackKind, PackRef, Person,
    Practitioner, Profile, Received, ReceivedId, Relationship, RelationshipId, Seq, Settlement, Sha256,
    Share, Slip, Statement, TakenProfile, TakenReceipt, VaultId, WrittenFile,
};

/// What an entry says. The tag is the stored kind; a released kind never changes its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Payload {
    /// The first entry of an origin.
    OriginStarted {
        /// The vault.
        vault: VaultId,
        /// The Ed25519 public key that signs this origin's checkpoints, in hexadecimal.
        public_key: String,
        /// The origin that this one continues, after a restore, a copy or agency recovery.
        #[serde(default)]
        continues: Option<OldOrigin>,
    },
    /// Who uses the vault, at first and whenever it changes.
    PractitionerRecorded {
        /// The practitioner.
        practitioner: Practitioner,
    },
    /// The recovery code was typed back by its holder.
    RecoveryConfirmed {},
    /// A file was opened.
    CaseOpened {
        /// The file.
        case: Case,
    },
    /// Details of a file were corrected.
    CaseAmended {
        /// The file as it is now.
        case: Case,
        /// Why.
        reason: String,
    },
    /// A person was added to a file.
    PersonRecorded {
        /// The person.
        person: Person,
    },
    /// Details of a person were corrected.
    PersonAmended {
        /// The person as they are now.
        person: Person,
        /// Why.
        reason: String,
    },
    /// Two people are tied.
    RelationshipRecorded {
        /// The tie.
        relationship: Relationship,
    },
    /// A tie was corrected.
    RelationshipAmended {
        /// The tie as it is now.
        relationship: Relationship,
        /// Why.
        reason: String,
    },
    /// A tie ended or was recorded in error.
    RelationshipEnded {
        /// The tie.
        id: RelationshipId,
        /// Why.
        reason: String,
    },
    /// A safety flag was set.
    FlagSet {
        /// The flag.
        flag: Flag,
    },
    /// A safety flag was lifted.
    FlagLifted {
        /// The flag.
        id: FlagId,
        /// Why it is safe now.
        reason: String,
    },
    /// What looked like a protected person in a text was said to be them, or not.
    LeftoverAnswered {
        /// The answer.
        answer: LeftoverAnswer,
    },
    /// An information item was written down.
    ItemRecorded {
        /// The item.
        item: Item,
    },
    /// An information item was corrected. Both forms stay to be seen.
    ItemAmended {
        /// The item as it is now.
        item: Item,
        /// Why.
        reason: String,
    },
    /// An information item was recorded in error.
    ItemWithdrawn {
        /// The item.
        id: ItemId,
        /// Why.
        reason: String,
    },
    /// A paper was added to a file: its bytes stand beside the ledger, under the hash that this carries.
    AttachmentAdded {
        /// The paper.
        attachment: Attachment,
    },
    /// What is said of a paper was corrected; its bytes never change. Both forms stay to be seen.
    AttachmentAmended {
        /// The paper as it is now.
        attachment: Attachment,
        /// Why.
        reason: String,
    },
    /// A paper was added in error.
    AttachmentWithdrawn {
        /// The paper.
        id: AttachmentId,
        /// Why.
        reason: String,
    },
    /// Two files are one child's, and are shown as one.
    FilesJoined {
        /// Which, and what shows it.
        join: Join,
    },
    /// Two files that were shown as one are shown apart again.
    FilesParted {
        /// What joined them.
        id: JoinId,
        /// Why.
        reason: String,
    },
    /// Something that was written into a child's file belongs in a restricted one: it is stated again there, and
    /// its earlier entries stand in no file any more, in no search and in no handover.
    SetApart {
        /// The item, advice, disclosure or emergency.
        thing: Uuid,
        /// The file in which it stood.
        from: CaseId,
        /// The entry that states it again here.
        stated: EntryId,
        /// Its entries there.
        entries: Vec<EntryId>,
        /// When it was first written down.
        first_recorded: Moment,
    },
    /// Advice was taken.
    AdviceRecorded {
        /// The advice.
        advice: Advice,
    },
    /// A decision was signed off.
    DecisionSigned {
        /// The decision.
        decision: Box<Decision>,
    },
    /// A second person agreed to a signed decision, or did not. In the file of the decision; in the vault of
    /// whoever said it, in no file.
    DecisionCountersigned {
        /// What was said, and its proof.
        countersigned: Box<Countersigned>,
    },
    /// An obligation that follows from no decision's own list was added.
    ObligationAdded {
        /// The obligation.
        obligation: Obligation,
    },
    /// An obligation was closed.
    ObligationSettled {
        /// The obligation.
        id: ObligationId,
        /// How.
        settlement: Settlement,
    },
    /// A closed obligation is open again: it was closed by a slip, or what closed it did not hold.
    ObligationReopened {
        /// The obligation.
        id: ObligationId,
    },
    /// Something left.
    DisclosureRecorded {
        /// What, to whom, why and how.
        disclosure: Disclosure,
    },
    /// Somebody was rung about a decision, with what came of it.
    CallMade {
        /// The call.
        call: Call,
    },
    /// Somebody was asked whether their information may go, answered, withdrew, or was not asked.
    ConsentRecorded {
        /// The event.
        consent: Box<ConsentEvent>,
    },
    /// A slip was made for somebody to read, with its words as they are.
    SlipMade {
        /// The slip.
        slip: Box<Slip>,
    },
    /// Somebody was asked what may be left with them.
    LeavingSaid {
        /// What they said.
        leaving: Leaving,
    },
    /// What is shared was made into a file, sent, or acknowledged. Recorded again at each step; the latest form counts.
    ShareRecorded {
        /// The share so far.
        share: Share,
    },
    /// Something was told to us, with the limits that came with it.
    ReceivedRecorded {
        /// What came, and from whom.
        received: Received,
    },
    /// What was written down of something that was told to us was corrected. Both forms stay to be seen.
    ReceivedAmended {
        /// What came, as it is now.
        received: Received,
        /// Why.
        reason: String,
    },
    /// Something was written down as told to us in error: of another child, or twice.
    ReceivedWithdrawn {
        /// What came.
        id: ReceivedId,
        /// Why.
        reason: String,
    },
    /// What became of something that left.
    AccountNoted {
        /// The line of its account.
        note: AccountNote,
    },
    /// Somebody asks who was told what about them: the draft for the data protection officer, that it went there, and what
    /// was answered. Recorded again at each step; the latest form counts.
    StatementRecorded {
        /// The statement so far.
        statement: Box<Statement>,
    },
    /// Another agency holds a record, and how it is asked for. Recorded again where that changes; the latest form counts.
    ElsewhereRecorded {
        /// The record as it is known now.
        held: HeldElsewhere,
    },
    /// An emergency: told now, written up later. Recorded again as it goes on; the latest form counts.
    EmergencyRecorded {
        /// The emergency so far.
        emergency: Emergency,
    },
    /// An emergency was written up.
    EmergencyWrittenUp {
        /// The account.
        write_up: EmergencyWriteUp,
    },
    /// Somebody was added to the practitioner's directory. It stands in no file.
    ContactAdded {
        /// The contact.
        contact: Contact,
    },
    /// What is known of a contact was corrected.
    ContactChanged {
        /// The contact as it is now.
        contact: Contact,
        /// Why.
        reason: String,
    },
    /// A contact was taken out of the directory.
    ContactRemoved {
        /// The contact.
        id: ContactId,
        /// Why.
        reason: String,
    },
    /// The bytes of a guidance pack that a decision used, or that was installed, are kept in the vault.
    PackKept {
        /// The pack.
        pack: PackRef,
    },
    /// A guidance pack, or an agency's overlay, was taken into use from a signed file (M2, M4).
    PackInstalled {
        /// What was installed; its bytes are kept under this hash.
        pack: PackRef,
        /// A pack or an overlay.
        what: PackKind,
        /// The nation whose guidance it is.
        nation: Nation,
        /// The hash of the pack over which an overlay is laid; none for a pack.
        #[serde(default)]
        base: Option<Sha256>,
        /// The Ed25519 public key that signed the file, in hexadecimal.
        signer: String,
    },
    /// An installed pack or overlay was taken out of use. Decisions made under it keep its bytes.
    PackRemoved {
        /// Its hash.
        pack: Sha256,
        /// Why.
        reason: String,
    },
    /// The key with which an agency signs its overlays was imported, its fingerprint compared by a person.
    PackKeyImported {
        /// The Ed25519 public key, in hexadecimal.
        key: String,
        /// The name given to it.
        name: String,
    },
    /// A handover was frozen: which entries, for whom. Nothing is handed over by it yet.
    HandoverMade {
        /// Identifies it.
        id: HandoverId,
        /// The age recipient.
        recipient: String,
        /// The recipient's name as given when the key was imported.
        recipient_name: String,
        /// The files handed over.
        cases: Vec<CaseId>,
        /// First sequence covered.
        from: Seq,
        /// Last sequence covered.
        to: Seq,
        /// The chain's link at `to`.
        head: Sha256,
        /// How the cells of its tables are written (from version 2).
        #[serde(default)]
        profile: Profile,
        /// What goes along of chains before this one, the earliest first (from version 3).
        #[serde(default)]
        earlier: Vec<ChainSlice>,
        /// The finished handovers to the same recipient that hold entries which come before; none where the form
        /// does not say (from version 3).
        #[serde(default)]
        before: Option<Vec<HandoverId>>,
        /// Why somebody gets once more what they, or others, have already; none where nobody had it (from version 3).
        #[serde(default)]
        reason: Option<String>,
        /// The version of the program that froze it: only that one writes the same bytes again. None where the form does
        /// not say (from version 4).
        #[serde(default)]
        version: Option<String>,
        /// The handover whose place it takes: the same entries for the same recipient, written by another program or once
        /// more (from version 4).
        #[serde(default)]
        replaces: Option<HandoverId>,
        /// Which part it is of what was too large for one file; none where it is whole (from version 5).
        #[serde(default)]
        part: Option<HandoverPart>,
    },
    /// The file of a handover was written: it is on the disk, and was read back from there. Also each time that it is
    /// written again.
    HandoverWritten {
        /// The handover.
        handover: HandoverId,
        /// The file.
        file: WrittenFile,
    },
    /// A handover was dropped whose file was never written: nothing of it left, and what it holds is offered on.
    HandoverDropped {
        /// The handover.
        handover: HandoverId,
    },
    /// An agency's receipt was taken in.
    ReceiptTaken {
        /// What it said, as far as this vault stands by it.
        receipt: Box<TakenReceipt>,
    },
    /// A recipient key of an agency was imported.
    RecipientKeyImported {
        /// The age recipient.
        recipient: String,
        /// The name given to it.
        name: String,
    },
    /// An agency's profile was taken in, its fingerprint compared by a person. From here on it counts.
    ProfileTaken {
        /// The profile.
        profile: Box<TakenProfile>,
    },
    /// The agency opened the vault with its recovery key. The first thing that the new chain says.
    RecoveredByAgency {
        /// Who, why, and who agreed.
        recovery: AgencyRecovery,
    },
    /// At an opening the file that remembers the end of the ledger was not to be found. Whether entries were taken
    /// out cannot be told from here.
    HeadNotFound {
        /// How it was found.
        found: Absence,
    },
    /// A person knows why the end of the ledger could not be compared, and takes the ledger as it is.
    HeadConfirmed {
        /// Why.
        reason: String,
    },
    /// At an opening the computer's clock could not be right. What follows may carry a wrong time.
    ClockDoubted {
        /// The last moment before it that is trusted.
        last: Moment,
    },
    /// From here on the clock is trusted again.
    ClockTrusted {
        /// Whether a person said so; else it agreed again with what is known.
        by_person: bool,
    },
    /// A signed checkpoint over the chain's head.
    CheckpointSigned {
        /// The sequence that it covers.
        at: Seq,
        /// The link there.
        link: Sha256,
        /// Ed25519 over tag, origin, sequence and link, in hexadecimal.
        signature: String,
    },
    /// The content of entries was removed lawfully; their hashes stay and the chain still verifies.
    Disposed {
        /// The entries.
        entries: Vec<EntryId>,
        /// Under which authority.
        authority: String,
        /// Why.
        reason: String,
    },
}

/// An earlier origin that a new one continues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldOrigin {
    /// The earlier origin.
    pub origin: OriginId,
    /// Its last sequence.
    pub last: Seq,
    /// Its last link.
    pub link: Sha256,
    /// How it came to be continued.
    pub how: Continued,
}

closed_set! {
    /// How an earlier origin came to be continued by a new one.
    Continued in "snake_case" {
        /// From a backup.
        Restore = "restore",
        /// Opened by the agency's key.
        AgencyKey = "agency_key",
        /// From a copy of the folder.
        Copy = "copy",
        /// Entries were lost; their numbers are not used again.
        Loss = "loss",
    }
}
