//! The way to the server. On this machine's own loopback as it is; anywhere else over TLS with the host verified, or not
//! at all.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode};
use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls};
use postgres_openssl::MakeTlsConnector;
use zeroize::Zeroizing;

use crate::{Error, Result};

/// Where systems keep the certificates of authorities that they trust.
const AUTHORITIES: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// A server and how it is reached.
pub struct Server {
    config: Config,
    authority: Option<PathBuf>,
    local: bool,
}

impl Server {
    /// Reads an address, `postgres://login@host/database`. A password does not stand in it: addresses are visible to
    /// every process.
    ///
    /// # Errors
    /// [`Error::BadAddress`], [`Error::PasswordInAddress`], [`Error::TlsRequired`] where the address asks for none.
    pub fn parse(address: &str) -> Result<Self> {
        let mut config: Config = address.parse().map_err(|_| Error::BadAddress)?;
        if config.get_password().is_some() {
            return Err(Error::PasswordInAddress);
        }
        let named = !config.get_hosts().is_empty() || !config.get_hostaddrs().is_empty();
        let local = named
            && config.get_hosts().iter().all(is_local)
            && config.get_hostaddrs().iter().all(IpAddr::is_loopback);
        if !local {
            if config.get_ssl_mode() == SslMode::Disable {
                return Err(Error::TlsRequired);
            }
            // Never *prefer*, which a server or whoever stands before it can talk out of.
            config.ssl_mode(SslMode::Require);
        }
        config.application_name("sharewell intake");
        Ok(Self { config, authority: None, local })
    }

    /// With a password, from a file.
    #[must_use]
    pub fn with_password(mut self, password: &Zeroizing<String>) -> Self {
        self.config.password(password.as_str());
        self
    }

    /// With the certificate of the authority that vouches for the server, in PEM.
    #[must_use]
    pub fn vouched_by(mut self, authority: &Path) -> Self {
        self.config.ssl_mode(SslMode::Require);
        self.authority = Some(authority.to_owned());
        self
    }

    /// Whether it is reached without leaving this machine.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.local
    }

    pub(super) fn client(&self) -> Result<Client> {
        let asks_for_tls = self.config.get_ssl_mode() == SslMode::Require;
        if self.local && !asks_for_tls && self.authority.is_none() {
            return Ok(self.config.connect(NoTls)?);
        }
        Ok(self.config.connect(self.tls()?)?)
    }

    fn tls(&self) -> Result<MakeTlsConnector> {
        let failed = |_| Error::Database { what: "TLS cannot be set up".to_owned() };
        let mut builder = SslConnector::builder(SslMethod::tls_client()).map_err(failed)?;
        builder.set_verify(SslVerifyMode::PEER);
        match &self.authority {
            Some(path) => {
                builder.set_ca_file(path).map_err(|_| Error::BadAuthority { path: path.clone() })?;
            }
            None => {
                if let Some(path) = AUTHORITIES.iter().find(|path| Path::new(path).exists()) {
                    builder.set_ca_file(path).map_err(failed)?;
                }
            }
        }
        // The connector holds the certificate to the host's name by itself.
        Ok(MakeTlsConnector::new(builder.build()))
    }
}

fn is_local(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        // A socket in a folder of this machine.
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn anything_but_this_machine_is_reached_over_tls_alone() {
        for (address, local) in [
            ("postgres://intake@127.0.0.1/agency", true),
            ("postgres://intake@localhost:5433/agency", true),
            ("postgres://intake@[::1]/agency", true),
            ("host=/run/postgresql user=intake", true),
            ("postgres://intake@db.example.org/agency", false),
            ("postgres://intake@10.0.0.7/agency", false),
            ("postgres://intake@127.0.0.1,db.example.org/agency", false),
            ("host=localhost hostaddr=10.0.0.7 user=intake", false),
            ("postgres://intake@db.example.org/agency?sslmode=prefer", false),
        ] {
            let server = Server::parse(address).unwrap();
            assert_eq!(server.is_local(), local, "{address}");
            assert_eq!(server.config.get_ssl_mode() == SslMode::Require, !local, "{address}");
        }
        for address in ["postgres://a@db.example.org/b?sslmode=disable", "host=10.0.0.7 sslmode=disable"] {
            assert!(matches!(Server::parse(address), Err(Error::TlsRequired)), "{address}");
        }
    }

    #[test]
    fn a_password_in_the_address_is_refused_and_not_repeated() {
        let error = Server::parse("postgres://a:open-sesame@localhost/b").err().unwrap();
        assert!(matches!(error, Error::PasswordInAddress));
        assert!(!format!("{error:?} {error}").contains("sesame"));
        assert!(matches!(Server::parse("nowhere://"), Err(Error::BadAddress)));
    }
}
