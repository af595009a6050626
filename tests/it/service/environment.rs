//! What the environment of the process says.

use account_tests::Service;

#[tokio::test]
async fn variables_that_kubernetes_sets_for_a_service_of_this_name_do_not_stop_the_start() {
    let set = [
        ("HTTP_SERVICE_HOST", "10.96.14.7"),
        ("HTTP_SERVICE_PORT", "8080"),
        ("HTTP_SERVICE_PORT_HTTP", "8080"),
        ("HTTP_PORT", "tcp://10.96.14.7:8080"),
        ("HTTP_PORT_8080_TCP", "tcp://10.96.14.7:8080"),
        ("HTTP_PORT_8080_TCP_PROTO", "tcp"),
        ("HTTP_PORT_8080_TCP_PORT", "8080"),
        ("HTTP_PORT_8080_TCP_ADDR", "10.96.14.7"),
    ];
    let mut settings = set.to_vec();
    settings.push(("LOG__LEVEL", "info,account_http=debug"));
    let service = Service::start_with(&settings).await;
    let output = service.output();
    for (name, value) in set {
        assert!(output.contains(&format!("\"variable\":\"ACCOUNT_{name}\"")), "{name}: {output}");
        assert!(!output.contains(&format!("\"{value}\"")) || value.len() < 8, "values are nobody's business: {output}");
    }
}

#[tokio::test]
async fn a_variable_with_a_typo_stops_the_start_and_is_told_the_nearest_name() {
    let service = Service::prepare(&[("HTTP_BIND", "127.0.0.1:8080")]);
    let output = service.run(&["serve"]).await;
    let complaint = String::from_utf8_lossy(&output.stderr);
    let expected = "ACCOUNT_HTTP_BIND: unknown setting; did you mean `ACCOUNT_HTTP__BIND` (`http.bind`)?";
    assert!(!output.status.success() && complaint.contains(expected), "{complaint}");
}
