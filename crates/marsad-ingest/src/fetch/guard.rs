//! Which addresses may be fetched from?
//!
//! A feed names any address it likes, and a name may lead anywhere: to this
//! machine, to its neighbours, to the metadata service of a cloud. Only
//! addresses that the public network routes are fetched from. Names are
//! resolved once, all their addresses are checked, and the connection goes to
//! the checked address, so that a name that changes between two questions
//! gains nothing. Registries: IANA special-purpose addresses, IPv4
//! (RFC 6890 and after) and IPv6.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use url::{Host, Url};

/// Why an address is not fetched from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("{0:?} is no address of a page")]
    NoAddress(String),
    #[error("{0}: only http and https are fetched")]
    Scheme(String),
    #[error("an address with a user name is not fetched")]
    Credentials,
    #[error("{0} is no public address")]
    NotPublic(String),
    #[error("{host} leads to {address}, which is no public address")]
    LeadsInward { host: String, address: IpAddr },
}

/// Finds the addresses of a name.
pub trait Resolve: Send + Sync + 'static {
    /// All addresses of a host.
    ///
    /// # Errors
    /// When the name cannot be resolved.
    fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// The resolver of the operating system.
pub struct System;

impl Resolve for System {
    fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok((host, port).to_socket_addrs()?.collect())
    }
}

/// Decides which addresses are fetched from.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// Addresses that are fetched from although they are not public: a mirror of one's own.
    allowed: Vec<SocketAddr>,
}

impl Guard {
    /// Fetches from public addresses, and from these.
    pub fn allowing(allowed: Vec<SocketAddr>) -> Guard {
        Guard { allowed }
    }

    /// The address in its plain form, when its words allow it to be fetched:
    /// numbers in other bases and short forms are told as what they mean.
    ///
    /// # Errors
    /// Why not.
    ///
    /// ```
    /// use marsad_ingest::fetch::Guard;
    /// let guard = Guard::default();
    /// assert_eq!(guard.checked("https://example.org/a").unwrap().as_str(), "https://example.org/a");
    /// assert!(guard.checked("http://2130706433/").is_err_and(|e| e.to_string() == "127.0.0.1 is no public address"));
    /// ```
    pub fn checked(&self, address: &str) -> Result<Url, Refused> {
        let url = Url::parse(address.trim()).map_err(|_| Refused::NoAddress(address.trim().to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refused::Scheme(url.scheme().to_string()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refused::Credentials);
        }
        let port = url.port_or_known_default().unwrap_or(0);
        let literal = match url.host() {
            Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
            Some(Host::Domain(name)) if is_inward_name(name) => return Err(Refused::NotPublic(name.to_string())),
            Some(Host::Domain(_)) => None,
            None => return Err(Refused::NoAddress(address.trim().to_string())),
        };
        match literal {
            Some(ip) if !self.allows(SocketAddr::new(ip, port)) => Err(Refused::NotPublic(ip.to_string())),
            _ => Ok(url),
        }
    }

    /// True for a public address and for one that was allowed by name.
    pub fn allows(&self, address: SocketAddr) -> bool {
        is_public(address.ip()) || self.allowed.contains(&address)
    }

    /// The addresses of a host, when all of them may be fetched from: one that
    /// leads inward makes the whole name suspect.
    ///
    /// # Errors
    /// The first address that may not.
    pub fn all_allowed(&self, host: &str, addresses: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Refused> {
        match addresses.iter().find(|a| !self.allows(**a)) {
            Some(inward) => Err(Refused::LeadsInward { host: host.to_string(), address: inward.ip() }),
            None => Ok(addresses),
        }
    }
}

/// Names that mean this machine or its own network, whatever a resolver says.
fn is_inward_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let ends = |suffix: &str| name == suffix || name.ends_with(&format!(".{suffix}"));
    ["localhost", "local", "internal", "intranet", "home.arpa", "localdomain", "lan"].iter().any(|s| ends(s))
        || !name.contains('.')
}

/// True for addresses that the public network routes.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let special = match ip.octets() {
        [0 | 10 | 127, ..] => true,
        [100, b, ..] => (64..128).contains(&b),
        [169, 254, ..] => true,
        [172, b, ..] => (16..32).contains(&b),
        [192, 0, 0 | 2, _] => true,
        [192, 88, 99, _] => true,
        [192, 168, ..] => true,
        [198, 18 | 19, ..] => true,
        [198, 51, 100, _] => true,
        [203, 0, 113, _] => true,
        [a, ..] => a >= 224,
    };
    !special
}

/// Global unicast is 2000::/3; what lies outside leads inward, but for NAT64,
/// which is as public as the address inside.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    if let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = s {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    let special = match s {
        // Protocol assignments, Teredo among them; documentation; 6to4, which hides an IPv4 address.
        [0x2001, b, ..] if b < 0x200 => true,
        [0x2001, 0xdb8, ..] => true,
        [0x2002, ..] => true,
        [0x3fff, b, ..] if b < 0x1000 => true,
        [a, ..] => a & 0xe000 != 0x2000,
    };
    !special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inward_addresses_are_refused_in_every_form() {
        let guard = Guard::default();
        let forms = [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://127.0.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://017700000001/",
            "http://0/",
            "http://0.0.0.0:8080/",
            "http://localhost/",
            "http://localhost./",
            "http://LOCALHOST/",
            "http://a.localhost/",
            "http://127.0.0.1./",
            "http://[::1]/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://[::127.0.0.1]/",
            "http://[64:ff9b::127.0.0.1]/",
            "http://[64:ff9b::a00:1]/",
            "http://[64:ff9b:1::808:808]/",
            "http://[2002:7f00:1::]/",
            "http://[2001:0:7f00:1::]/",
            "http://[fe80::1]/",
            "http://[fec0::1]/",
            "http://[fc00::1]/",
            "http://[fd12:3456::1]/",
            "http://[ff02::1]/",
            "http://[2001:db8::1]/",
            "http://[100::1]/",
            "http://10.0.0.1/",
            "http://172.16.0.1/",
            "http://172.31.255.255/",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://100.64.0.1/",
            "http://192.0.0.1/",
            "http://192.0.2.1/",
            "http://198.18.0.1/",
            "http://203.0.113.7/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://\u{ff11}\u{ff12}\u{ff17}.0.0.1/",
            "http://127\u{3002}0\u{3002}0\u{3002}1/",
            "http://router/",
            "http://printer.local/",
            "http://metadata.google.internal/",
            "http://user:pass@example.org/",
            "http://user@127.0.0.1/",
            "file:///etc/passwd",
            "gopher://example.org/",
            "ftp://example.org/",
            "data:text/html,x",
            "javascript:alert(1)",
            "http://",
            "http:///path",
            "//example.org/",
            "",
        ];
        for form in forms {
            assert!(guard.checked(form).is_err(), "{form} would be fetched");
        }
    }

    #[test]
    fn public_addresses_are_fetched() {
        let guard = Guard::default();
        for form in [
            "https://example.org/feed.xml",
            "http://8.8.8.8/",
            "http://172.32.0.1/",
            "http://100.128.0.1/",
            "http://[2606:4700::1111]/",
            "http://[64:ff9b::8.8.8.8]/",
            "https://شبكة.example.org/",
        ] {
            assert!(guard.checked(form).is_ok(), "{form}");
        }
    }

    #[test]
    fn a_name_with_one_inward_address_is_refused() {
        let guard = Guard::default();
        let address = |ip: &str| SocketAddr::new(ip.parse().unwrap(), 80);
        assert!(guard.all_allowed("a.example", vec![address("93.184.216.34")]).is_ok());
        let both = vec![address("93.184.216.34"), address("10.0.0.1")];
        assert!(matches!(guard.all_allowed("a.example", both), Err(Refused::LeadsInward { .. })));
        let own = Guard::allowing(vec![address("127.0.0.1")]);
        assert!(own.checked("http://127.0.0.1/").is_ok() && own.checked("http://127.0.0.1:81/").is_err());
    }
}
