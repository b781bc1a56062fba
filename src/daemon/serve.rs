//! From a configuration to a running program, and to its end.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::anchors;
use super::aside::aside;
use super::handlers::{Administration, Pages};
use super::local_authority::LocalAuthority;
use super::memory::{save_at_once, save_now_and_then, take_up};
use super::privileges::{drop_to, raise_file_limit};
use super::state::{self, State};
use super::statistics::{Counting, count_now_and_then, keep_at_once};
use crate::config::Config;
use crate::metrics::Metrics;
use crate::resolver::{self, Resolver, SystemWorld};
use crate::server::{
    self, BindError, Certificate, Clock, PageHttps, Shell, Sockets, TlsError, Visits, serve_http,
    serve_page_https, serve_tcp, serve_udp,
};
use crate::update::Mode;

/// How long queries under way may take to end once the program is told to stop.
const DRAIN: Duration = Duration::from_secs(6);
/// How often ages, clocks and polls that are due are looked at.
const BEAT: Duration = Duration::from_millis(250);
/// Connections of the page at once, of one client at once, and how long one may take.
const PAGE_CONNECTIONS: usize = 2_048;
const PAGE_CONNECTIONS_PER_CLIENT: usize = 64;
const LONGEST_VISIT: Duration = Duration::from_secs(20);
/// The same for administration, where a reload of a large list answers when it is done.
const ADMIN_CONNECTIONS: usize = 64;
const LONGEST_CALL: Duration = Duration::from_secs(600);

/// Why the program cannot start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A socket cannot be bound.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// The certificate cannot be used.
    #[error("server.certificate: {0}")]
    Certificate(#[from] TlsError),
    /// Privileges cannot be dropped.
    #[error("{0}")]
    Privileges(String),
    /// The resolver cannot be built.
    #[error(transparent)]
    Resolver(#[from] resolver::Error),
    /// Lists, groups or page cannot be built.
    #[error(transparent)]
    State(#[from] state::Error),
    /// The counters cannot be registered.
    #[error(transparent)]
    Metrics(#[from] prometheus::Error),
    /// The system gives no threads, signals or sockets.
    #[error("the system refuses: {0}")]
    System(#[from] std::io::Error),
}

/// Runs the program until it is told to stop by SIGTERM or SIGINT. `random` is what nobody can guess; `ready` is
/// called once the program serves.
pub fn run(
    config: Config,
    path: Option<PathBuf>,
    random: [u8; 16],
    ready: impl FnOnce(),
) -> Result<(), Error> {
    raise_file_limit();
    let clock = Clock::start();
    let sockets = bind(&config.server)?;
    let certificate = Certificate::of(&config.server)?.map(Arc::new);

    // Threads begin only now, without privileges; and signals are heeded while long lists are loaded.
    let runtime = Runtime::new()?;
    let mut signals = {
        let _inside = runtime.enter();
        Signals::new()?
    };
    let metrics = Arc::new(Metrics::new()?);
    let resolver = Resolver::new(&config.resolver, Arc::new(SystemWorld::new(&config.resolver)?))?;
    let begin = {
        let (config, metrics, certificate) = (config.clone(), metrics.clone(), certificate.clone());
        let resolver = resolver.clone();
        move || {
            take_up(&resolver, clock);
            let now = clock.now().wall;
            let authority = LocalAuthority::open(&config.ca, random, metrics.clone(), now);
            let state = State::new(config, path, random, metrics, now)?;
            Ok(state.with(certificate, authority))
        }
    };
    let Some(state) = runtime.block_on(begun(begin, &mut signals)) else {
        // What it waits for, a server say, is cut.
        runtime.shutdown_background();
        return Ok(());
    };
    let state = Arc::new(state?);
    let following = anchors::begin(&config, &resolver, state.lock());
    let counting = Counting::begin(&config, &state, &metrics, (random, clock.now().wall));
    let shell = Shell::new(state.engine.clone(), resolver, clock, metrics, config.server.clone());

    let stop = Arc::new(AtomicBool::new(false));
    let udp = sockets.udp.into_iter().map(|socket| {
        let (shell, runtime, stop) = (shell.clone(), runtime.handle().clone(), stop.clone());
        thread::Builder::new().name("udp".into()).spawn(move || serve_udp(socket, &shell, &runtime, &stop))
    });
    let udp = udp.collect::<Result<Vec<thread::JoinHandle<()>>, _>>()?;
    runtime.block_on(async {
        let mut listeners =
            serve_sites(sockets.page, sockets.page_https, sockets.admin, (&shell, &state, &counting))?;
        for listener in sockets.tcp {
            listeners.push(tokio::spawn(serve_tcp(TcpListener::from_std(listener)?, shell.clone())));
        }
        if let Some(certificate) = certificate {
            listeners.extend(sockets.encrypted.serve(&shell, &certificate)?);
        }
        let saving = save_both(&shell, &counting);
        listeners.extend(following.map(|following| tokio::spawn(following.run())));
        listeners.push(tokio::spawn(anchors::watch_clock(shell.resolver.clone(), shell.metrics.clone())));
        ready();
        until_told(&mut signals, &state, clock, config.update.watch).await;
        tracing::info!("stopping: what is under way is answered first");
        listeners.iter().for_each(|listener| listener.abort());
        stop.store(true, Relaxed);
        let _ = timeout(DRAIN, drained(&shell, udp)).await;
        drop(saving);
        tokio::join!(keep_at_once(&counting, clock), save_at_once(&shell.resolver, clock));
        Ok::<_, Error>(())
    })?;
    // What did not end in time is cut.
    runtime.shutdown_background();
    Ok(())
}

/// Saves what the resolver knows and what was counted, until what comes out is dropped.
fn save_both(shell: &Shell, counting: &Arc<Counting>) -> [StopOnDrop; 2] {
    let memory = tokio::spawn(save_now_and_then(shell.resolver.clone(), shell.clock));
    let counts = tokio::spawn(count_now_and_then(counting.clone(), shell.clock));
    [memory, counts].map(StopOnDrop)
}

/// Binds every socket, and goes on without privileges.
fn bind(config: &server::Config) -> Result<Sockets, Error> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = if config.threads == 0 { cores } else { config.threads };
    let sockets = Sockets::bind(config, threads)?;
    drop_to(config.user.as_deref()).map_err(Error::Privileges)?;
    Ok(sockets)
}

/// Serves what speaks HTTP: the warning page and administration; and the page over HTTPS, or that there is none.
fn serve_sites(
    page: Vec<std::net::TcpListener>,
    page_https: Vec<std::net::TcpListener>,
    admin: std::net::TcpListener,
    (shell, state, counting): (&Shell, &Arc<State>, &Arc<Counting>),
) -> Result<Vec<JoinHandle<()>>, Error> {
    let mut served = Vec::new();
    let (clock, metrics, resolver) = (shell.clock, shell.metrics.clone(), shell.resolver.clone());
    let pages = Pages {
        state: state.clone(),
        resolver: resolver.clone(),
        clock,
        metrics: metrics.clone(),
        cases: Arc::new(Semaphore::new(1)),
    };
    let pages = Arc::new(pages);
    let visits = || Visits::new(PAGE_CONNECTIONS, PAGE_CONNECTIONS_PER_CLIENT, LONGEST_VISIT);
    // Those over HTTPS take nothing from those who read the page over HTTP.
    let (visits, secured) = (visits(), Arc::new(PageHttps::new(pages.clone(), visits())?));
    for listener in page {
        let listener = TcpListener::from_std(listener)?;
        served.push(tokio::spawn(serve_http(listener, pages.clone(), visits.clone())));
    }
    for listener in page_https {
        let listener = TcpListener::from_std(listener)?;
        served.push(tokio::spawn(serve_page_https(listener, secured.clone())));
    }
    let (state, counting) = (state.clone(), counting.clone());
    let administration = Arc::new(Administration { state, resolver, clock, metrics, counting });
    let visits = Visits::new(ADMIN_CONNECTIONS, ADMIN_CONNECTIONS, LONGEST_CALL);
    let listener = TcpListener::from_std(admin)?;
    served.push(tokio::spawn(serve_http(listener, administration, visits)));
    Ok(served)
}

struct Signals {
    hangup: Signal,
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> Result<Self, std::io::Error> {
        Ok(Self {
            hangup: signal(SignalKind::hangup())?,
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }
}

/// What the first loading of everything comes to; nothing where the program is told to stop meanwhile.
async fn begun(
    begin: impl FnOnce() -> Result<State, state::Error> + Send + 'static,
    signals: &mut Signals,
) -> Option<Result<State, state::Error>> {
    tokio::select! {
        begun = tokio::task::spawn_blocking(begin) => {
            Some(begun.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic())))
        }
        _ = signals.terminate.recv() => None,
        _ = signals.interrupt.recv() => None,
    }
}

/// Looks at the files now and then, and when told to, until told to stop. One look at a time, beside everything
/// else: what a look waits for, a disk or a mount, holds up nothing but the next look.
async fn until_told(signals: &mut Signals, state: &Arc<State>, clock: Clock, watch: u64) {
    let mut ticks = interval(Duration::from_secs(watch.max(1)));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut look: Option<JoinHandle<Option<()>>> = None;
    let heart = tokio::spawn(beat(state.clone(), clock));
    let _stopped = StopOnDrop(heart);
    let mut reload = false;
    loop {
        let looking = look.as_ref().is_some_and(|look| !look.is_finished());
        if reload && !looking {
            reload = false;
            look = Some(look_aside(state, clock, |state, now| _ = state.reload(Mode::Reload, now)));
        }
        tokio::select! {
            _ = signals.terminate.recv() => return,
            _ = signals.interrupt.recv() => return,
            // Told again during a look, the program looks again after it.
            _ = signals.hangup.recv() => reload = true,
            () = finished(&mut look) => {}
            _ = ticks.tick(), if watch > 0 && !looking => look = Some(look_aside(state, clock, State::poll)),
        }
    }
}

/// Looks at ages and clocks several times a second, and sends off the visits to authorities that are due, each on a
/// thread of its own: a server that is slow holds up itself alone.
async fn beat(state: Arc<State>, clock: Clock) {
    let mut beats = interval(BEAT);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beats.tick().await;
        let beating = state.clone();
        let due = tokio::task::spawn_blocking(move || beating.beat(clock.now(), clock.micros() / 1000)).await;
        for errand in due.unwrap_or_default() {
            let state = state.clone();
            aside(move || state.visit(errand, clock.now().wall));
        }
    }
}

struct StopOnDrop(JoinHandle<()>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn look_aside(
    state: &Arc<State>,
    clock: Clock,
    work: impl FnOnce(&State, jiff::Timestamp) + Send + 'static,
) -> JoinHandle<Option<()>> {
    let state = state.clone();
    aside(move || work(&state, clock.now().wall))
}

/// Waits for a look to end; for ever where there is none.
async fn finished(look: &mut Option<JoinHandle<Option<()>>>) {
    match look {
        None => std::future::pending().await,
        Some(running) => {
            if !matches!(running.await, Ok(Some(()))) {
                tracing::error!("loading lists panicked; what was in force stays, please report this");
            }
            *look = None;
        }
    }
}

/// Waits until every UDP thread has ended, every connection too, and no query waits any more.
async fn drained(shell: &Shell, udp: Vec<thread::JoinHandle<()>>) {
    let joined = tokio::task::spawn_blocking(move || udp.into_iter().for_each(|thread| _ = thread.join()));
    let _ = joined.await;
    shell.drain().await;
}
