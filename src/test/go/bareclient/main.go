// Command bareclient is an opponent of a first sync in the language of most controllers: it creates
// resources and writes their statuses with the standard library alone, and does nothing else. The
// bodies are made before the clock starts; of an answer it decodes the resource version.
//
//	bareclient OBJECTS NAMESPACE WRITERS
//
// OBJECTS is a file with a JSON list of resources. Where the API server is, and who asks, is in the
// variables KUBERNETES_MASTER and KUBERNETES_CERTS_*. It prints the seconds as "seconds=1.5".
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

const versionPlace = "@version@"

// service is a resource that is ready to be sent.
type service struct {
	name    string
	created []byte
	// Around the resource version.
	statusHead, statusTail []byte
}

type client struct {
	http *http.Client
	url  string
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 4 {
		log.Fatal("usage: bareclient OBJECTS NAMESPACE WRITERS")
	}
	services, err := read(os.Args[1])
	if err != nil {
		log.Fatalf("%s: %v", os.Args[1], err)
	}
	writers, err := strconv.Atoi(os.Args[3])
	if err != nil {
		log.Fatalf("WRITERS: %v", err)
	}
	api, err := connect(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	begin := time.Now()
	if err := api.writeAll(services, writers); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("seconds=%f\n", time.Since(begin).Seconds())
}

func read(file string) ([]service, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list struct {
		Items []map[string]json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal(content, &list); err != nil {
		return nil, err
	}
	services := make([]service, 0, len(list.Items))
	for _, item := range list.Items {
		prepared, err := prepare(item)
		if err != nil {
			return nil, err
		}
		services = append(services, prepared)
	}
	return services, nil
}

func prepare(item map[string]json.RawMessage) (service, error) {
	var metadata struct {
		Name string `json:"name"`
	}
	if err := json.Unmarshal(item["metadata"], &metadata); err != nil {
		return service{}, err
	}
	status := item["status"]
	delete(item, "status")
	created, err := json.Marshal(item)
	if err != nil {
		return service{}, err
	}
	item["status"] = status
	item["metadata"] = json.RawMessage(
		fmt.Sprintf(`{"name":%q,"resourceVersion":%q}`, metadata.Name, versionPlace))
	whole, err := json.Marshal(item)
	if err != nil {
		return service{}, err
	}
	head, tail, _ := bytes.Cut(whole, []byte(versionPlace))
	return service{metadata.Name, created, head, tail}, nil
}

func connect(namespace string) (*client, error) {
	authority, err := pem("CA")
	if err != nil {
		return nil, err
	}
	certificate, err := pem("CLIENT")
	if err != nil {
		return nil, err
	}
	key, err := pem("CLIENT_KEY")
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority)
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{pair}},
		ForceAttemptHTTP2: true,
	}
	master := strings.TrimSuffix(os.Getenv("KUBERNETES_MASTER"), "/")
	return &client{
		http: &http.Client{Transport: transport},
		url:  master + "/apis/vpcep.io/v1alpha1/namespaces/" + namespace + "/vpcendpointservices",
	}, nil
}

// pem returns what is in a variable, or in the file that another one names.
func pem(what string) ([]byte, error) {
	if data := os.Getenv("KUBERNETES_CERTS_" + what + "_DATA"); data != "" {
		return base64.StdEncoding.DecodeString(data)
	}
	return os.ReadFile(os.Getenv("KUBERNETES_CERTS_" + what + "_FILE"))
}

func (c *client) writeAll(services []service, writers int) error {
	queue := make(chan service)
	failed := make(chan error, writers)
	var working sync.WaitGroup
	for i := 0; i < writers; i++ {
		working.Add(1)
		go func() {
			defer working.Done()
			var failure error
			for next := range queue {
				if failure == nil {
					failure = c.write(next)
				}
			}
			failed <- failure
		}()
	}
	for _, each := range services {
		queue <- each
	}
	close(queue)
	working.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *client) write(s service) error {
	version, err := c.send(http.MethodPost, c.url, s.created)
	if err != nil {
		return err
	}
	status := make([]byte, 0, len(s.statusHead)+len(version)+len(s.statusTail))
	status = append(append(append(status, s.statusHead...), version...), s.statusTail...)
	_, err = c.send(http.MethodPut, c.url+"/"+s.name+"/status", status)
	return err
}

// send returns the resource version that the API server answers.
func (c *client) send(method, url string, body []byte) (string, error) {
	request, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := c.http.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return "", err
	}
	if response.StatusCode/100 != 2 {
		return "", fmt.Errorf("%s %s: %s %s", method, url, response.Status, answer)
	}
	var written struct {
		Metadata struct {
			ResourceVersion string `json:"resourceVersion"`
		} `json:"metadata"`
	}
	err = json.Unmarshal(answer, &written)
	return written.Metadata.ResourceVersion, err
}
