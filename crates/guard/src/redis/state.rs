//! A server that cannot serve now says which state it is in.

use onay_core::Reason;

/// The codes by which a server names a state that passes, and what each means.
pub(super) const STATES: [(&str, Reason); 7] = [
    (
        "LOADING",
        Reason::new(
            "redis_loading",
            "the guard's Redis is loading its data",
            "korumanın Redis sunucusu verilerini yüklüyor",
        ),
    ),
    (
        "OOM",
        Reason::new(
            "redis_full",
            "the guard's Redis has no memory left",
            "korumanın Redis sunucusunda bellek kalmadı",
        ),
    ),
    (
        "MISCONF",
        Reason::new(
            "redis_cannot_save",
            "the guard's Redis takes no writes, because it cannot save them",
            "korumanın Redis sunucusu kaydedemediği için yazma kabul etmiyor",
        ),
    ),
    (
        "READONLY",
        Reason::new(
            "redis_read_only",
            "the guard's Redis is a replica, which takes no writes",
            "korumanın Redis sunucusu bir kopya, yazma kabul etmiyor",
        ),
    ),
    (
        "NOREPLICAS",
        Reason::new(
            "redis_no_replicas",
            "the guard's Redis takes no writes, because too few replicas are there",
            "korumanın Redis sunucusu, yeterli kopya olmadığı için yazma kabul etmiyor",
        ),
    ),
    (
        "BUSY",
        Reason::new(
            "redis_busy",
            "the guard's Redis is busy with a script",
            "korumanın Redis sunucusu bir betikle meşgul",
        ),
    ),
    (
        "CLUSTERDOWN",
        Reason::new(
            "redis_cluster_down",
            "the guard's Redis cluster does not serve all slots",
            "korumanın Redis kümesi tüm yuvalara hizmet veremiyor",
        ),
    ),
];
