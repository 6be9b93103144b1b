//! The keys of an encrypted PDF, as algorithms 2.B, 8, 9 and 10 of ISO 32000-2 make them, and what is encrypted by them.

use aes::cipher::{BlockEncrypt, KeyInit};
use aes::{Aes128, Aes256, Block};
use data_encoding::HEXUPPER;
use ring::digest::{SHA256, SHA384, SHA512, digest};
use ring::rand::{SecureRandom as _, SystemRandom};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

const BLOCK: usize = 16;
type Iv = [u8; BLOCK];
type Key = Zeroizing<[u8; 32]>;

/// The key of a file, and what stands in it so that the words give the key.
pub(super) struct Locked {
    cipher: Aes256,
    dictionary: String,
}

impl Locked {
    /// A new key under these words.
    pub(super) fn new(words: &str, permissions: i32) -> Result<Self> {
        let key: Key = Zeroizing::new(drawn()?);
        let (user, user_key) = sealed(words.as_bytes(), &[], &key)?;
        // A second passphrase that nobody has: with it a reader would take its holder for the author, who may change it.
        let nobody: Key = Zeroizing::new(drawn()?);
        let (owner, owner_key) = sealed(nobody.as_slice(), &user, &key)?;
        let cipher = Aes256::new(key.as_slice().into());
        let mut permits = Block::from({
            let mut permits: Iv = drawn()?;
            let said = permissions.to_le_bytes().into_iter().chain([0xff; 4]).chain(*b"Tadb");
            permits.iter_mut().zip(said).for_each(|(byte, said)| *byte = said);
            permits
        });
        cipher.encrypt_block(&mut permits);
        let dictionary = format!(
            "<</Filter/Standard/V 5/R 6/Length 256/P {permissions}/O<{}>/OE<{}>/U<{}>/UE<{}>/Perms<{}>\
             /EncryptMetadata true/CF<</StdCF<</AuthEvent/DocOpen/CFM/AESV3/Length 32>>>>/StmF/StdCF/StrF/StdCF>>",
            HEXUPPER.encode(&owner),
            HEXUPPER.encode(&owner_key),
            HEXUPPER.encode(&user),
            HEXUPPER.encode(&user_key),
            HEXUPPER.encode(&permits),
        );
        Ok(Self { cipher, dictionary })
    }

    /// What says in the file how it is locked.
    pub(super) fn dictionary(&self) -> &str {
        &self.dictionary
    }

    /// One string or stream: sixteen random bytes, and then what they begin (AES-256 in CBC with padding).
    pub(super) fn encrypt(&self, plain: &[u8]) -> Result<Vec<u8>> {
        let iv: Iv = drawn()?;
        let missing = BLOCK - plain.len() % BLOCK;
        let mut out = Vec::with_capacity(BLOCK + plain.len() + missing);
        out.extend_from_slice(&iv);
        out.extend_from_slice(plain);
        out.resize(BLOCK + plain.len() + missing, u8::try_from(missing).unwrap_or_default());
        chained(&self.cipher, iv, out.get_mut(BLOCK..).unwrap_or_default());
        Ok(out)
    }
}

/// What stands in a file for a passphrase: by which it is known again, and the file's key under it.
fn sealed(passphrase: &[u8], user: &[u8], key: &Key) -> Result<(Vec<u8>, Vec<u8>)> {
    let (check, salt): ([u8; 8], [u8; 8]) = (drawn()?, drawn()?);
    let known = [hardened(passphrase, &check, user).as_slice(), &check, &salt].concat();
    let cipher = Aes256::new(hardened(passphrase, &salt, user).as_slice().into());
    let mut under = key.to_vec();
    chained(&cipher, [0; BLOCK], &mut under);
    Ok((known, under))
}

/// Algorithm 2.B: hashes and encrypts in turn, for at least 64 rounds.
fn hardened(passphrase: &[u8], salt: &[u8], user: &[u8]) -> Key {
    let first = [passphrase, salt, user].concat();
    let mut hash = Zeroizing::new(digest(&SHA256, &first).as_ref().to_vec());
    for round in 1_u16.. {
        let once = Zeroizing::new([passphrase, hash.as_slice(), user].concat());
        let mut text = Zeroizing::new(once.repeat(64));
        let (key, iv) = (part(&hash, 0), part(&hash, BLOCK));
        chained(&Aes128::new(&key.into()), iv, &mut text);
        // The first sixteen bytes as a number, by three: each byte counts as itself, since 256 is one more than 255.
        let by: u32 = text.iter().take(BLOCK).map(|byte| u32::from(*byte)).sum();
        let with = match by % 3 {
            0 => &SHA256,
            1 => &SHA384,
            _ => &SHA512,
        };
        hash = Zeroizing::new(digest(with, &text).as_ref().to_vec());
        let last = u16::from(text.last().copied().unwrap_or_default());
        if round >= 64 && last <= round - 32 {
            break;
        }
    }
    let mut key: Key = Zeroizing::new([0; 32]);
    key.iter_mut().zip(hash.iter()).for_each(|(byte, from)| *byte = *from);
    key
}

/// Sixteen bytes from a place on.
fn part(bytes: &[u8], from: usize) -> Iv {
    let mut part = [0; BLOCK];
    part.iter_mut().zip(bytes.iter().skip(from)).for_each(|(byte, from)| *byte = *from);
    part
}

/// Encrypts whole blocks in place, each over the one before.
fn chained(cipher: &impl BlockEncrypt<BlockSize = aes::cipher::consts::U16>, iv: Iv, text: &mut [u8]) {
    let mut before = Block::from(iv);
    for block in text.chunks_exact_mut(BLOCK) {
        before.iter_mut().zip(block.iter()).for_each(|(byte, plain)| *byte ^= *plain);
        cipher.encrypt_block(&mut before);
        block.copy_from_slice(&before);
    }
}

/// Random bytes of the system's.
fn drawn<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Error::Encrypt { place: "random numbers" })?;
    Ok(bytes)
}
