package io.vpcep.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Whatever the build uses is named with its reason. */
class DependenciesPageTest {

  @Test
  void everyDependencyAndPluginHasARow() throws Exception {
    Set<String> artifacts = new TreeSet<>();
    artifacts.addAll(artifacts("dependency"));
    artifacts.addAll(artifacts("plugin"));

    assertThat(artifacts)
        .contains("kubernetes-client", "maven-compiler-plugin")
        .allSatisfy(
            artifact ->
                assertThat(Pages.row(Pages.DEPENDENCIES, artifact)).as(artifact).isPresent());
  }

  private static Set<String> artifacts(String element) throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File("pom.xml"));
    NodeList elements = pom.getElementsByTagName(element);
    Set<String> artifacts = new TreeSet<>();
    for (int i = 0; i < elements.getLength(); i++) {
      NodeList children = elements.item(i).getChildNodes();
      for (int j = 0; j < children.getLength(); j++) {
        Node child = children.item(j);
        if (child.getNodeName().equals("artifactId")) {
          artifacts.add(child.getTextContent().strip());
        }
      }
    }
    return artifacts;
  }
}
