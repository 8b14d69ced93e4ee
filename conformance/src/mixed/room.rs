//! A hub and its clients, each a session of some implementation.

use super::speaker::{Silence, Speaker};
use mimicheck::adapter::reference::Serving;
use mimicheck::adapter::{Answer, Implementation};
use mimicheck::wire::hex;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What went wrong, and between whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// The device that was asked.
    pub who: String,
    /// The device whose message it refused, if it was that.
    pub from: Option<String>,
    /// What came of it.
    pub silence: Silence,
}

type Result<T> = std::result::Result<T, Wrong>;

/// One device.
pub(super) struct Device {
    /// Which implementation plays it.
    pub plays: usize,
    provider: String,
    key_package: Option<String>,
    /// Where it is: `STATE`.
    pub state: Option<Value>,
    counter: u32,
    /// Whether it hears what is said.
    pub online: bool,
    /// Application messages that it read.
    pub heard: Vec<String>,
}

/// A message that was read or followed, or not: sender's and receiver's implementation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Passage {
    pub from: usize,
    pub to: usize,
}

/// Everything of one run.
pub(super) struct Room<'a> {
    speakers: &'a mut [Speaker],
    run: String,
    suite: u16,
    private: bool,
    hub: Serving,
    hub_provider: String,
    group_id: String,
    /// The devices, by name.
    pub devices: BTreeMap<String, Device>,
    /// Who sent which octets.
    sent: BTreeMap<String, String>,
    /// How many messages passed from one implementation to another.
    pub passed: BTreeMap<Passage, usize>,
}

impl<'a> Room<'a> {
    pub(super) fn new(speakers: &'a mut [Speaker], run: String, suite: u16, private: bool) -> Self {
        Self {
            speakers,
            run,
            suite,
            private,
            hub: Serving::default(),
            hub_provider: String::new(),
            group_id: hex::encode(b"a mixed room"),
            devices: BTreeMap::new(),
            sent: BTreeMap::new(),
            passed: BTreeMap::new(),
        }
    }

    /// A device, and its first KeyPackage.
    pub(super) fn arrive(&mut self, name: &str, provider: &str, plays: usize) -> Result<()> {
        let device = Device {
            plays,
            provider: provider.to_owned(),
            key_package: None,
            state: None,
            counter: 0,
            online: true,
            heard: vec![],
        };
        self.devices.insert(name.to_owned(), device);
        let input = json!({"identity": hex::encode(name.as_bytes()), "cipher_suite": self.suite,
            "seed": format!("{} {name}", self.run), "encrypt_handshake": self.private});
        let out = self.ask(name, "client/new", &input)?;
        let key_package = text(&out, "key_package");
        self.change(name, |device| device.key_package = Some(key_package));
        Ok(())
    }

    /// Asks a device.
    pub(super) fn ask(&mut self, name: &str, op: &str, input: &Value) -> Result<Value> {
        let wrong = |silence| Wrong { who: name.to_owned(), from: None, silence };
        let plays = self.devices.get(name).map(|d| d.plays);
        let Some(speaker) = plays.and_then(|plays| self.speakers.get_mut(plays)) else {
            return Err(wrong(Silence::Unsupported(format!("nobody plays {name}"))));
        };
        speaker.ask(&format!("{}/{name}", self.run), op, input).map_err(wrong)
    }

    /// Asks the hub.
    fn hub(&mut self, op: &str, input: &Value) -> Result<Value> {
        let wrong = |what| Wrong { who: "the hub".to_owned(), from: None, silence: Silence::Refused(what) };
        match self.hub.step(&self.run, op, input) {
            Answer::Ok(out) => Ok(out),
            Answer::Reject(r) => Err(wrong(r.message.or(r.reason).unwrap_or_default())),
            Answer::Unsupported(why) => Err(wrong(why)),
        }
    }

    /// Octets of a structure of the delivery draft.
    fn encode(&mut self, structure: &str, value: Value) -> Result<String> {
        let out = self.hub("delivery/encode", &json!({"structure": structure, "value": value}))?;
        Ok(text(&out, "octets"))
    }

    fn decode(&mut self, structure: &str, octets: &str) -> Result<Value> {
        let mut out = self.hub("delivery/decode", &json!({"structure": structure, "octets": octets}))?;
        Ok(out.get_mut("value").map(Value::take).unwrap_or_default())
    }

    fn change(&mut self, name: &str, change: impl FnOnce(&mut Device)) {
        if let Some(device) = self.devices.get_mut(name) {
            change(device);
        }
    }

    fn provider(&self, name: &str) -> String {
        self.devices.get(name).map(|d| d.provider.clone()).unwrap_or_default()
    }

    fn partition_key(&self, name: &str) -> String {
        self.devices.get(name).and_then(|d| d.state.as_ref()).map(|s| text(s, "partition_key")).unwrap_or_default()
    }

    /// A device makes the group, and its provider hosts it.
    pub(super) fn create(&mut self, by: &str) -> Result<()> {
        let group_id = self.group_id.clone();
        let state = self.ask(by, "client/create", &json!({"group_id": group_id}))?;
        self.hub_provider = self.provider(by);
        let new = json!({"kind": "blind", "provider": self.hub_provider, "hints": "none"});
        self.hub("hub/new", &new)?;
        let input = json!({"from": self.hub_provider, "group_id": group_id, "cipher_suite": self.suite,
            "partition_key": text(&state, "partition_key")});
        self.hub("hub/create-group", &input)?;
        self.change(by, |device| device.state = Some(state));
        Ok(())
    }

    /// A commit, sent to the hub; whom it adds joins by its Welcome.
    pub(super) fn commit(&mut self, by: &str, add: &[String], remove: &[String], update: bool) -> Result<()> {
        let key_packages: Vec<_> =
            add.iter().filter_map(|n| self.devices.get(n).and_then(|d| d.key_package.clone())).collect();
        let leaves = remove.iter().map(|who| self.leaf(by, who)).collect::<Result<Vec<_>>>()?;
        let input = json!({"add": key_packages, "remove": leaves, "update": update});
        let out = self.ask(by, "client/commit", &input)?;
        let welcome = out.get("welcome").filter(|w| !w.is_null()).cloned();
        let providers: Vec<_> = add.iter().map(|who| hex::encode(self.provider(who).as_bytes())).collect();
        let welcome_data = welcome.map(|welcome| json!({"welcome": welcome, "service_providers": providers}));
        let data = json!({"next_partition_key": next_key(&out), "group_info": null, "welcome_data": welcome_data});
        let pushes = self.submit(by, &text(&out, "commit"), data)?;
        self.welcome(by, &pushes, add, &text(&out, "ratchet_tree"))
    }

    /// The leaf of a device, as another sees it.
    fn leaf(&mut self, by: &str, who: &str) -> Result<u64> {
        let out = self.ask(by, "client/members", &json!({}))?;
        let identity = hex::encode(who.as_bytes());
        let members = out.get("members").and_then(Value::as_array);
        let found = members.into_iter().flatten().find(|m| text(m, "identity") == identity);
        found.and_then(|m| m.get("leaf")?.as_u64()).ok_or_else(|| Wrong {
            who: by.to_owned(),
            from: None,
            silence: Silence::Refused(format!("client/members does not list {who}")),
        })
    }

    /// Sends a message of a device to the partition in which it is.
    fn submit(&mut self, by: &str, message: &str, commit_data: Value) -> Result<Vec<Value>> {
        self.sent.insert(message.to_owned(), by.to_owned());
        let value = json!({"message": message, "partition_key": self.partition_key(by), "commit_data": commit_data});
        let request = self.encode("SendRequest", value)?;
        let out = self.hub("hub/send", &json!({"from": self.provider(by), "request": request}))?;
        Ok(out.get("pushes").and_then(Value::as_array).cloned().unwrap_or_default())
    }

    /// Providers take what is announced to them; those who are added join.
    fn welcome(&mut self, by: &str, pushes: &[Value], add: &[String], tree: &str) -> Result<()> {
        let mut waiting: Vec<Value> = pushes.to_vec();
        let mut welcomes = vec![];
        while let Some(push) = waiting.pop() {
            match text(&push, "structure").as_str() {
                "WelcomeInitRequest" => {
                    let answer = json!({"from": text(&push, "to"), "accept": true});
                    let out = self.hub("hub/welcome-answer", &answer)?;
                    waiting.extend(out.get("pushes").and_then(Value::as_array).into_iter().flatten().cloned());
                }
                "Welcome" => welcomes.push((text(&push, "to"), text(&push, "octets"))),
                _ => {}
            }
        }
        for who in add {
            let provider = self.provider(who);
            let Some((_, octets)) = welcomes.iter().find(|(to, _)| *to == provider) else {
                let silence = Silence::Refused(format!("no Welcome came for {who}"));
                return Err(Wrong { who: "the hub".to_owned(), from: None, silence });
            };
            let joined = self.ask(who, "client/join", &json!({"welcome": octets, "ratchet_tree": tree}));
            let state = self.passes(by, who, joined)?;
            self.change(who, |device| (device.state, device.counter) = (Some(state), 0));
        }
        Ok(())
    }

    /// A device joins by an external commit, with the GroupInfo that a member gives out.
    pub(super) fn external_join(&mut self, by: &str) -> Result<()> {
        let host = self.devices.iter().find(|(_, d)| d.online && d.state.is_some()).map(|(name, _)| name.clone());
        let host = host.unwrap_or_default();
        let info = self.ask(&host, "client/group-info", &json!({}))?;
        let made = self.ask(by, "client/external-join", &info);
        let out = self.passes(&host, by, made)?;
        let commit = text(&out, "commit");
        self.sent.insert(commit.clone(), by.to_owned());
        let data = json!({"next_partition_key": next_key(&out), "group_info": null, "welcome_data": null});
        let request = self.encode("ExternalJoinRequest", json!({"message": commit, "commit_data": data}))?;
        self.hub("hub/external-join", &json!({"from": self.provider(by), "request": request}))?;
        let state = out.get("next").cloned();
        self.change(by, |device| (device.state, device.counter) = (state, 0));
        Ok(())
    }

    /// A device says something.
    pub(super) fn send(&mut self, by: &str, words: &str) -> Result<()> {
        let out = self.ask(by, "client/send", &json!({"data": hex::encode(words.as_bytes())}))?;
        self.submit(by, &text(&out, "message"), Value::Null).map(|_| ())
    }

    /// A device asks to be removed.
    pub(super) fn leave(&mut self, by: &str) -> Result<()> {
        let leaf = self.leaf(by, by)?;
        let out = self.ask(by, "client/propose", &json!({"kind": "remove", "leaf": leaf}))?;
        self.submit(by, &text(&out, "message"), Value::Null).map(|_| ())
    }

    /// Every device that is there fetches what it has not seen, epoch after epoch, until nothing is new.
    pub(super) fn deliver(&mut self) -> Result<()> {
        let names: Vec<String> = self.devices.keys().cloned().collect();
        loop {
            let mut moved = false;
            for name in &names {
                moved |= self.fetch(name)?;
            }
            if !moved {
                return Ok(());
            }
        }
    }

    /// Fetches and processes one partition; whether the device has moved to another.
    fn fetch(&mut self, name: &str) -> Result<bool> {
        let Some(device) = self.devices.get(name).filter(|d| d.online && d.state.is_some()) else { return Ok(false) };
        let value = json!({"partition_key": self.partition_key(name), "counter": device.counter});
        let request = self.encode("ReceiveRequest", value)?;
        let input = json!({"from": self.provider(name), "group_id": self.group_id, "request": request});
        let response = text(&self.hub("hub/receive", &input)?, "response");
        let response = self.decode("ReceiveResponse", &response)?;
        let messages = response.get("epoch").and_then(|e| e.get("messages")).and_then(Value::as_array).cloned();
        for message in messages.unwrap_or_default() {
            self.change(name, |device| device.counter = device.counter.saturating_add(1));
            if self.take(name, &message)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// One message of a partition; whether the device has moved by it.
    fn take(&mut self, name: &str, message: &Value) -> Result<bool> {
        let octets = text(message, "message");
        let from = self.sent.get(&octets).cloned().unwrap_or_default();
        let commit = message.get("next_partition_key").filter(|k| !k.is_null());
        if from == name && commit.is_none() {
            // Its own words and proposals are nothing new to it.
            return Ok(false);
        }
        let mut input = json!({"message": octets});
        if let (Some(key), Some(members)) = (commit, input.as_object_mut()) {
            members.insert("next_partition_key".to_owned(), key.clone());
        }
        let taken = self.ask(name, "client/process", &input);
        let out = self.passes(&from, name, taken)?;
        let heard = out.get("data").and_then(Value::as_str).and_then(|d| hex::decode(d).ok());
        if let Some(heard) = heard {
            self.change(name, |device| device.heard.push(String::from_utf8_lossy(&heard).into_owned()));
        }
        let state = out.get("state").filter(|s| !s.is_null()).cloned();
        let moved = text(&out, "content") == "commit";
        self.change(name, |device| {
            device.state = state;
            if moved {
                device.counter = 0;
            }
        });
        Ok(moved)
    }

    /// Counts what passed, or says who refused whose message.
    fn passes(&mut self, from: &str, to: &str, taken: Result<Value>) -> Result<Value> {
        let out = taken.map_err(|wrong| Wrong { from: Some(from.to_owned()), ..wrong })?;
        let plays = |name: &str| self.devices.get(name).map(|d| d.plays);
        if let (Some(from), Some(to)) = (plays(from), plays(to)) {
            *self.passed.entry(Passage { from, to }).or_default() += 1;
        }
        Ok(out)
    }

    /// Lets go of every session.
    pub(super) fn end(&mut self) {
        let names: Vec<_> = self.devices.iter().map(|(name, device)| (name.clone(), device.plays)).collect();
        for (name, plays) in names {
            if let Some(speaker) = self.speakers.get_mut(plays) {
                speaker.end(&format!("{}/{name}", self.run));
            }
        }
    }
}

/// A text of an object; empty where there is none.
pub(super) fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn next_key(commit: &Value) -> String {
    commit.get("next").map(|next| text(next, "partition_key")).unwrap_or_default()
}
