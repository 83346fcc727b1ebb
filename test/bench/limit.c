/*
 * The limit: what listing every domain and reading its XML costs on one read-only connection and one thread. Reads the
 * same documents as virt-audit: the current definition of every domain, and of a running, persistent one the
 * configured definition too. Does one round for every line that it reads, and prints its milliseconds, documents and
 * bytes.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libvirt/libvirt.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void read_xml(virDomainPtr domain, unsigned flags, uint64_t *documents, uint64_t *bytes) {
  char *xml = virDomainGetXMLDesc(domain, flags);
  if (xml == NULL) exit(1);
  *documents += 1;
  *bytes += strlen(xml);
  free(xml);
}

/* The list tells what is persistent and what runs, so that no domain costs a call for it. */
static void read_all(virConnectPtr connection, unsigned which, uint64_t *documents, uint64_t *bytes) {
  virDomainPtr *domains = NULL;
  const int count = virConnectListAllDomains(connection, &domains, which);
  if (count < 0) exit(1);
  for (int index = 0; index < count; index++) {
    const int running = virDomainGetID(domains[index]) != (unsigned)-1;
    read_xml(domains[index], 0, documents, bytes);
    if (running && which == VIR_CONNECT_LIST_DOMAINS_PERSISTENT) {
      read_xml(domains[index], VIR_DOMAIN_XML_INACTIVE, documents, bytes);
    }
    virDomainFree(domains[index]);
  }
  free(domains);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: limit URI\n");
    return 2;
  }
  virConnectPtr connection = virConnectOpenReadOnly(argv[1]);
  if (connection == NULL) return 1;
  for (int character; (character = getchar()) != EOF;) {
    if (character != '\n') continue;
    const double began = now();
    uint64_t documents = 0;
    uint64_t bytes = 0;
    read_all(connection, VIR_CONNECT_LIST_DOMAINS_TRANSIENT, &documents, &bytes);
    read_all(connection, VIR_CONNECT_LIST_DOMAINS_PERSISTENT, &documents, &bytes);
    printf("%.3f %" PRIu64 " %" PRIu64 "\n", now() - began, documents, bytes);
    fflush(stdout);
  }
  virConnectClose(connection);
  return 0;
}
