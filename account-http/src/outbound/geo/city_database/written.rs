//! Writes small databases in the format `.mmdb`, version 2 (<https://maxmind.github.io/MaxMind-DB/>), for tests.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

/// A value of a record.
pub(super) enum Value {
    Text(&'static str),
    Small(u16),
    Number(u32),
    Large(u64),
    Map(Vec<(&'static str, Value)>),
}

/// What a database contains.
pub(super) struct Content<'a> {
    pub(super) kind: &'a str,
    /// 24, 28 or 32 bits for each half of a node.
    pub(super) record_bits: usize,
    pub(super) has_v6: bool,
    pub(super) networks: &'a [(&'a str, Value)],
}

/// One half of a node.
#[derive(Clone, Copy)]
enum Half {
    Empty,
    Node(usize),
    Record(usize),
}

impl Content<'_> {
    /// Returns the bytes of the file.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut data = Vec::new();
        let mut nodes = vec![[Half::Empty; 2]];
        for (network, value) in self.networks {
            let offset = data.len();
            encode(value, &mut data);
            self.insert(&mut nodes, network.parse().unwrap(), offset);
        }
        let mut file = Vec::new();
        for node in &nodes {
            let [left, right] = node.map(|half| match half {
                Half::Empty => nodes.len(),
                Half::Node(node) => node,
                Half::Record(offset) => nodes.len() + 16 + offset,
            });
            self.write_node(left, right, &mut file);
        }
        file.extend([0; 16]);
        file.extend(data);
        file.extend(b"\xab\xcd\xefMaxMind.com");
        self.write_metadata(nodes.len(), &mut file);
        file
    }

    fn insert(&self, nodes: &mut Vec<[Half; 2]>, network: IpNet, offset: usize) {
        let (bits, length) = match (network.network(), self.has_v6) {
            (IpAddr::V4(address), false) => (u128::from(u32::from(address)) << 96, network.prefix_len()),
            (IpAddr::V4(address), true) => (u128::from(u32::from(address)), 96 + network.prefix_len()),
            (IpAddr::V6(address), _) => (u128::from(address), network.prefix_len()),
        };
        let mut at = 0;
        for depth in 0..length {
            let side = usize::from(bits >> (127 - depth) & 1 == 1);
            if depth + 1 == length {
                nodes[at][side] = Half::Record(offset);
            } else if let Half::Node(next) = nodes[at][side] {
                at = next;
            } else {
                let next = nodes.len();
                nodes[at][side] = Half::Node(next);
                nodes.push([Half::Empty; 2]);
                at = next;
            }
        }
    }

    fn write_node(&self, left: usize, right: usize, file: &mut Vec<u8>) {
        let (left, right) = (u32::try_from(left).unwrap().to_be_bytes(), u32::try_from(right).unwrap().to_be_bytes());
        match self.record_bits {
            24 => file.extend([&left[1..], &right[1..]].concat()),
            28 => {
                let shared = left[0] << 4 | right[0] & 0x0F;
                file.extend([&left[1..], &[shared], &right[1..]].concat());
            }
            _ => file.extend([left, right].concat()),
        }
    }

    fn write_metadata(&self, nodes: usize, file: &mut Vec<u8>) {
        let small = |number: usize| Value::Small(u16::try_from(number).unwrap());
        write_control(7, 9, file);
        for (key, value) in [
            ("node_count", Value::Number(u32::try_from(nodes).unwrap())),
            ("record_size", small(self.record_bits)),
            ("ip_version", small(if self.has_v6 { 6 } else { 4 })),
            ("binary_format_major_version", small(2)),
            ("binary_format_minor_version", small(0)),
            ("build_epoch", Value::Large(1_790_000_000)),
            ("description", Value::Map(vec![("en", Value::Text("A test"))])),
        ] {
            encode(&Value::Text(key), file);
            encode(&value, file);
        }
        encode(&Value::Text("database_type"), file);
        write_control(2, self.kind.len(), file);
        file.extend(self.kind.as_bytes());
        encode(&Value::Text("languages"), file);
        // An empty array.
        file.extend([0, 11 - 7]);
    }
}

/// A record as `GeoLite2-City` has it, with a few members that nobody asks for.
pub(super) fn place(country: &'static str, zone: &'static str) -> Value {
    let names = || Value::Map(vec![("de", Value::Text("Ort")), ("en", Value::Text("Place"))]);
    Value::Map(vec![
        ("city", Value::Map(vec![("geoname_id", Value::Number(2_950_159)), ("names", names())])),
        ("country", Value::Map(vec![("iso_code", Value::Text(country)), ("names", names())])),
        ("location", Value::Map(vec![("accuracy_radius", Value::Number(20)), ("time_zone", Value::Text(zone))])),
    ])
}

fn encode(value: &Value, to: &mut Vec<u8>) {
    match value {
        Value::Text(text) => {
            write_control(2, text.len(), to);
            to.extend(text.as_bytes());
        }
        Value::Small(number) => {
            write_control(5, 2, to);
            to.extend(number.to_be_bytes());
        }
        Value::Number(number) => {
            write_control(6, 4, to);
            to.extend(number.to_be_bytes());
        }
        Value::Large(number) => {
            // Types from 8 on do not fit into three bits: they follow in a byte.
            to.extend([8, 9 - 7]);
            to.extend(number.to_be_bytes());
        }
        Value::Map(members) => {
            write_control(7, members.len(), to);
            for (key, value) in members {
                encode(&Value::Text(key), to);
                encode(value, to);
            }
        }
    }
}

/// The type in three bits, the size in five; a larger size follows in a byte.
fn write_control(kind: u8, size: usize, to: &mut Vec<u8>) {
    match u8::try_from(size).unwrap() {
        small @ 0..29 => to.push((kind << 5) + small),
        large => to.extend([(kind << 5) + 29, large - 29]),
    }
}

/// The addresses at both ends of a network, and one on each side of it.
pub(super) fn edges(network: &str) -> ([IpAddr; 2], [IpAddr; 2]) {
    let network: IpNet = network.parse().unwrap();
    let beside = |address: IpAddr, step: i8| match address {
        IpAddr::V4(address) => IpAddr::V4(Ipv4Addr::from(u32::from(address).wrapping_add_signed(step.into()))),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from(u128::from(address).wrapping_add_signed(step.into()))),
    };
    let (first, last) = (network.network(), network.broadcast());
    ([first, last], [beside(first, -1), beside(last, 1)])
}
