//! A server of policy zones: build, bind, drop privileges, serve, follow the lists, stop.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::privileges::{drop_to, raise_file_limit};
use crate::admin;
use crate::dns::Name;
use crate::memory::give_back;
use crate::metrics;
use crate::server::{
    BindError, Clock, Handler, Notifier, Transfers, Visits, ZoneSockets, listen, serve_http,
};
use crate::transfer::{self, Change, Config, Keeper, Keys, Looked, Secondary, Serial, ZoneConfig, Zones};
use crate::update::{self, StateLock};

/// Connections for metrics at once, and how long one may take.
const METRICS_CONNECTIONS: usize = 16;
const LONGEST_CALL: Duration = Duration::from_secs(20);
/// For a connection in all, however much its client asks for: a slow line takes a long list in this.
const LONGEST: Duration = Duration::from_secs(3600);

/// A server of policy zones.
pub struct ZoneServer {
    /// What is served, and to whom.
    pub config: Config,
    /// Names that no list blocks.
    pub protected: Vec<Name>,
    /// Whether lists are taken at the start whatever their size.
    pub accept_leap: bool,
}

/// Metrics over HTTP.
struct Figures(Arc<metrics::Zones>);

impl Handler for Figures {
    async fn respond(&self, request: Request<()>, _: SocketAddr) -> Response<Bytes> {
        admin::respond_metrics(&request, || {
            self.0.render().unwrap_or_else(|error| format!("# {error}\n").into())
        })
    }
}

/// Why zones cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ZonesError {
    /// A key is missing or cannot be read.
    #[error(transparent)]
    Transfer(#[from] transfer::Error),
    /// A zone cannot be opened.
    #[error("zones `{zone}`: {reason}")]
    Zone {
        /// As the configuration writes it.
        zone: String,
        /// Why.
        reason: String,
    },
    /// The state directory cannot be used.
    #[error(transparent)]
    State(#[from] update::Error),
    /// An address cannot be listened on.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// Privileges cannot be dropped.
    #[error("{0}")]
    Privileges(String),
    /// The system gives no threads or signals.
    #[error("the system refuses: {0}")]
    System(#[from] std::io::Error),
}

/// A zone, and what changes of it wake.
struct Followed {
    keeper: Keeper,
    serials: watch::Sender<Option<Serial>>,
}

impl ZoneServer {
    /// Reads the keys, and refuses zones that speak of others.
    pub fn check(&self) -> Result<(), ZonesError> {
        let keys = Keys::read(&self.config.keys)?;
        self.config.zones.iter().try_for_each(|zone| {
            let checked = check_keys(zone, &keys);
            checked.map(|_| ()).map_err(|reason| ZonesError::Zone { zone: zone.name.clone(), reason })
        })
    }

    /// Serves until SIGTERM or SIGINT; `ready` is told the addresses that it listens on.
    pub fn run(self, ready: impl FnOnce(&[SocketAddr])) -> Result<(), ZonesError> {
        raise_file_limit();
        let keys = Keys::read(&self.config.keys)?;
        let sockets = ZoneSockets::bind(&self.config.listen)?;
        let told = self.config.metrics.map(|address| listen(address, "metrics")).transpose()?;
        let metrics = Arc::new(metrics::Zones::new().map_err(std::io::Error::other)?);
        drop_to(self.config.user.as_deref()).map_err(ZonesError::Privileges)?;
        let _lock = StateLock::take(&self.config.state)?;
        let mut zones = Zones::new(keys);
        let protected: Arc<[Name]> = self.protected.into();
        let mut followed = Vec::new();
        for zone in &self.config.zones {
            let keeper = open(zone, &self.config, (&mut zones, &protected));
            let keeper = keeper.map_err(|reason| ZonesError::Zone { zone: zone.name.clone(), reason })?;
            followed.push(Followed { keeper, serials: watch::Sender::new(None) });
        }
        let zones = Arc::new(zones);
        let runtime = Runtime::new()?;
        let served = runtime.block_on(async {
            let stops = [signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?];
            let hangup = signal(SignalKind::hangup())?;
            let clock = Clock::start();
            let mut tasks = JoinSet::new();
            let Config { connections, connections_per_client, .. } = self.config;
            let visits = Visits::new(connections, connections_per_client, LONGEST);
            let transfers = Arc::new(Transfers::new(zones.clone(), clock, visits, metrics.clone()));
            if let Some(told) = told {
                let visits = Visits::new(METRICS_CONNECTIONS, METRICS_CONNECTIONS, LONGEST_CALL);
                let listener = TcpListener::from_std(told)?;
                tasks.spawn(serve_http(listener, Arc::new(Figures(metrics.clone())), visits));
            }
            for socket in sockets {
                let serving = socket.serve(transfers.clone());
                tasks.spawn(async move {
                    if let Err(error) = serving.await {
                        tracing::error!(%error, "an address is not served");
                    }
                });
            }
            let look = watch::Sender::new(());
            for (zone, followed) in self.config.zones.into_iter().zip(followed) {
                for notifier in notifiers(&zone, &self.config.listen, zones.keys(), (clock, &metrics)) {
                    tasks.spawn(notifier.run(followed.serials.subscribe()));
                }
                let pause = Duration::from_secs(self.config.look);
                tasks.spawn(follow(
                    followed,
                    (zones.clone(), metrics.clone()),
                    (clock, pause, look.subscribe()),
                    self.accept_leap,
                ));
            }
            tasks.spawn(wake(hangup, look));
            ready(&self.config.listen);
            stopped(stops).await;
            Ok(())
        });
        // A long list may be being read, which is of no use any more; whatever is being kept is whole or not there.
        runtime.shutdown_background();
        served
    }
}

/// The names of the keys that may transfer a zone; none that it speaks of may be missing.
fn check_keys(zone: &ZoneConfig, known: &Keys) -> Result<Vec<Name>, String> {
    let keys = zone.keys()?;
    let secondaries =
        zone.notify.iter().filter_map(|secondary| secondary.key()).collect::<Result<Vec<_>, _>>()?;
    match keys.iter().chain(&secondaries).find(|key| known.key(key).is_none()) {
        Some(missing) => Err(format!("no file of `keys` holds the key {missing}; name the one that does")),
        None => Ok(keys),
    }
}

/// Opens a zone as it was kept, and has it served.
fn open(
    zone: &ZoneConfig,
    config: &Config,
    (zones, protected): (&mut Zones, &Arc<[Name]>),
) -> Result<Keeper, String> {
    let keys = check_keys(zone, zones.keys())?;
    let keeper = Keeper::open(zone.clone(), &config.state, protected.clone())?;
    let secondaries = zone.notify.iter().map(|secondary| secondary.address.ip().to_canonical()).collect();
    zones.add(keeper.zone(), keys, zone.allow.clone(), secondaries);
    if let Some(history) = keeper.history() {
        zones.replace(keeper.zone(), history.clone());
    }
    Ok(keeper)
}

/// Whoever is told of a zone's changes.
fn notifiers(
    zone: &ZoneConfig,
    listen: &[SocketAddr],
    keys: &Keys,
    (clock, metrics): (Clock, &Arc<metrics::Zones>),
) -> Vec<Notifier> {
    let notifier = |secondary: &Secondary| {
        let key = secondary.key().and_then(Result::ok);
        Some(Notifier {
            zone: zone.zone().ok()?,
            secondary: secondary.address,
            local: source(listen, secondary.address.ip()),
            key: key.and_then(|key| keys.key(&key).cloned()),
            clock,
            metrics: metrics.clone(),
            random,
        })
    };
    zone.notify.iter().filter_map(notifier).collect()
}

/// From which of our addresses a secondary is told: the first from which the way could lead there, else what the system
/// takes.
fn source(listen: &[SocketAddr], secondary: IpAddr) -> IpAddr {
    let leads = |address: &IpAddr| {
        address.is_ipv4() == secondary.is_ipv4() && address.is_loopback() == secondary.is_loopback()
    };
    let system: IpAddr = match secondary {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    listen.iter().map(SocketAddr::ip).find(leads).unwrap_or(system)
}

/// Follows a list for ever.
async fn follow(
    mut followed: Followed,
    (zones, metrics): (Arc<Zones>, Arc<metrics::Zones>),
    (clock, pause, mut look): (Clock, Duration, watch::Receiver<()>),
    mut accept_leap: bool,
) {
    loop {
        let looked = tokio::task::spawn_blocking(move || {
            let looked = followed.keeper.look(clock.now().wall, accept_leap);
            if looked.read {
                give_back();
            }
            (followed, looked)
        });
        let Ok((back, looked)) = looked.await else {
            return tracing::error!(
                "a list made this program panic; its zone stays as it is until a restart, please report this"
            );
        };
        followed = back;
        let zone = followed.keeper.zone();
        tell(zone, looked);
        // Also where what was to be told of a change could not be.
        if let Some(history) = followed.keeper.history() {
            zones.replace(zone, history.clone());
        }
        // A list that was refused at the start is for whoever is there then.
        accept_leap = false;
        let serial = zones.serial(zone);
        let number = serial.map_or(0, |serial| serial.0);
        metrics.followed(&zone.to_host(), number, followed.keeper.is_failing());
        followed.serials.send_if_modified(|told| std::mem::replace(told, serial) != serial);
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            Ok(()) = look.changed() => followed.keeper.forget(),
        }
    }
}

/// Tells what a look at a list brought.
fn tell(zone: &Name, Looked { refused, change, remarks, .. }: Looked) {
    if let Some(error) = refused {
        tracing::error!(%zone, "the list is not used, and the zone stays that of the one before: {error}");
    }
    remarks.iter().for_each(|remark| tracing::warn!(%zone, "{remark}"));
    if let Some(Change { history, records: [removed, added] }) = change {
        let (serial, records) = (history.current.serial.0, history.current.records.count());
        tracing::info!(%zone, serial, records, removed, added, "the zone has changed");
    }
}

/// Has all lists looked at when SIGHUP says so.
async fn wake(mut hangup: Signal, look: watch::Sender<()>) {
    while hangup.recv().await.is_some() {
        look.send_replace(());
    }
}

async fn stopped([mut terminate, mut interrupt]: [Signal; 2]) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

/// Two octets that nobody guesses.
fn random() -> u16 {
    let mut octets = [0; 2];
    match aws_lc_rs::rand::fill(&mut octets) {
        Ok(()) => u16::from_ne_bytes(octets),
        // Without randomness an acknowledgement could be forged: this never happens on a running system.
        Err(_) => std::process::abort(),
    }
}
