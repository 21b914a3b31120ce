//! The store in a Redis Cluster: its promises, replicas, and a primary that dies.

use std::process::Command;
use std::time::Duration;

use onay_core::{ErrorKind, OtpSender};
use onay_guard::RedisStore;
use redis::cluster::ClusterClient;
use redis::cluster_async::ClusterConnection;

use crate::redis_fleet::{connected, guard, until, until_held};
use crate::redis_server::{KEEPS_NOTHING, RedisServer, free_port};
use crate::support::challenge;

/// Three primaries, each with so many replicas.
pub(crate) struct Cluster {
    nodes: Vec<RedisServer>,
}

impl Cluster {
    pub(crate) fn start(replicas: usize) -> Option<Self> {
        let mut nodes = Vec::new();
        for _ in 0..3 + 3 * replicas {
            let bus = free_port().to_string();
            let options = [
                &KEEPS_NOTHING[..],
                &["--cluster-enabled", "yes", "--cluster-port", &bus],
                &["--cluster-node-timeout", "1000"],
            ];
            nodes.push(RedisServer::start(&options.concat())?);
        }
        let mut create = Command::new("redis-cli");
        create.args(["--cluster", "create"]);
        create.args(nodes.iter().map(RedisServer::host));
        create.args(["--cluster-replicas", &replicas.to_string()]);
        let created = create.arg("--cluster-yes").output().expect("redis-cli");
        assert!(created.status.success(), "{created:?}");
        let cluster = Self { nodes };
        until(|| cluster.nodes.iter().all(|node| is_up(node, replicas > 0)));
        Some(cluster)
    }

    pub(crate) fn urls(&self) -> Vec<String> {
        self.nodes.iter().map(RedisServer::url).collect()
    }

    /// Kills the primary that has the guard's keys, as soon as its replica has them too.
    pub(crate) fn kill_primary(&mut self) {
        until(|| self.nodes.iter().filter(|node| has_keys(node)).count() == 2);
        self.kill(|node| has_keys(node) && is_primary(node));
    }

    fn kill(&mut self, is_it: impl Fn(&RedisServer) -> bool) {
        let node = self.nodes.iter_mut().find(|node| is_it(node));
        node.expect("a node").kill();
    }
}

fn has_keys(node: &RedisServer) -> bool {
    !node.ask(&["keys", "*:slot:*"]).trim().is_empty()
}

fn is_primary(node: &RedisServer) -> bool {
    node.ask(&["info", "replication"]).contains("role:master")
}

fn is_up(node: &RedisServer, has_replicas: bool) -> bool {
    let info = node.ask(&["info", "replication"]);
    let is_linked = info.contains("state=online") || info.contains("master_link_status:up");
    node.ask(&["cluster", "info"]).contains("cluster_state:ok") && (is_linked || !has_replicas)
}

/// A connection to the cluster of these nodes.
pub(crate) async fn in_cluster(nodes: Vec<String>) -> ClusterConnection {
    let client = ClusterClient::new(nodes).expect("a client");
    let connection = client.get_async_connection().await;
    connection.expect("a connection")
}

#[cfg(feature = "testing")]
#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_keeps_every_promise_and_a_prefix_lies_on_one_node() {
    let Some(cluster) = Cluster::start(0) else {
        return;
    };
    let store = async |prefix: &str| {
        let store = RedisStore::on(in_cluster(cluster.urls()).await).prefix(prefix);
        store.connect().await.expect("a store")
    };
    let first = std::sync::Arc::new(store("shop-1").await);
    onay_guard::store_conformance::assert(first.clone()).await;
    for node in &cluster.nodes {
        node.ask(&["script", "flush"]);
    }
    onay_guard::store_conformance::assert(first).await;
    // Shops are spread: of many prefixes not all are on one node.
    for shop in 2..12 {
        store(&format!("shop-{shop}")).await;
    }
    let sizes: Vec<usize> = (cluster.nodes.iter())
        .map(|node| node.ask(&["keys", "*:epoch"]).lines().count())
        .collect();
    assert_eq!(sizes.iter().sum::<usize>(), 11, "{sizes:?}");
    assert!(sizes.iter().all(|size| *size < 11), "{sizes:?}");
    let has_shop_1 = |node: &&RedisServer| !node.ask(&["keys", "{shop-1}:*"]).trim().is_empty();
    assert_eq!(cluster.nodes.iter().filter(has_shop_1).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_cluster_a_reservation_waits_for_its_own_primarys_replica_and_outlives_the_primary() {
    let Some(mut cluster) = Cluster::start(1) else {
        return;
    };
    let connection = in_cluster(cluster.urls()).await;
    let store = |replicas| RedisStore::on(connection.clone()).replicas(replicas);
    let guarded = guard(connected(|| store(1)).await);
    let press = challenge("a", "0555 000 00 42");
    guarded.send_otp(&press).await.expect("sent");
    // No primary has two.
    let refused = store(2).connect().await;
    let said = refused
        .expect_err("refused")
        .reason()
        .map(|reason| reason.id());
    assert_eq!(said, Some("redis_no_replicas"));
    until(|| cluster.nodes.iter().filter(|node| has_keys(node)).count() == 2);
    // What another primary lacks holds nothing back here.
    cluster.kill(|node| !has_keys(node) && !is_primary(node));
    let second = guarded.send_otp(&challenge("a", "0555 000 00 41")).await;
    second.expect("sent");
    tokio::time::sleep(Duration::from_millis(200)).await;
    cluster.kill_primary();
    let elsewhere = guard(connected(|| store(0)).await);
    until_held(&elsewhere, &press).await;
    // The new primary has no replica, so nothing is sent where one is wanted.
    let other = |number| challenge("b", number);
    let refused = guarded.send_otp(&other("0555 000 00 43")).await;
    let refused = refused.expect_err("refused");
    assert_eq!(refused.kind(), ErrorKind::Unreachable, "{refused}");
    let sent = elsewhere.send_otp(&other("0555 000 00 44")).await;
    sent.expect("sent");
}
