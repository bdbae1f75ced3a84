package io.jenkins.plugins.concurrency.engine;

import java.util.Comparator;
import java.util.function.Predicate;

/**
 * A sorted set that knows the index of each element: a treap whose nodes count what is below them. Every operation
 * takes O(log n).
 */
final class IndexedSet<E> {
    private static final class Node<E> {
        final E element;
        final int weight;
        int size = 1;
        Node<E> left;
        Node<E> right;

        Node(E element, int weight) {
            this.element = element;
            this.weight = weight;
        }

        Node<E> recounted() {
            size = 1 + size(left) + size(right);
            return this;
        }
    }

    private final Comparator<? super E> order;
    private Node<E> root;
    private int random = 0x9E3779B9;

    IndexedSet(Comparator<? super E> order) {
        this.order = order;
    }

    int size() {
        return size(root);
    }

    E first() {
        Node<E> node = root;
        while (node != null && node.left != null) {
            node = node.left;
        }
        return node == null ? null : node.element;
    }

    /** The element that {@code index} others come before. */
    E get(int index) {
        Node<E> node = root;
        int left = index;
        while (left != size(node.left)) {
            if (left < size(node.left)) {
                node = node.left;
            } else {
                left -= size(node.left) + 1;
                node = node.right;
            }
        }
        return node.element;
    }

    /** Adds an element that is not in the set. */
    void add(E element) {
        Node<E> added = new Node<>(element, nextWeight());
        // Nearly always; and it spares looking at the elements on the way, which a long queue has all over the memory.
        boolean last = root != null && order.compare(last(), element) < 0;
        root = last ? append(root, added) : add(root, added);
    }

    E last() {
        Node<E> node = root;
        while (node != null && node.right != null) {
            node = node.right;
        }
        return node == null ? null : node.element;
    }

    /** Removes the first element of a set that is not empty. */
    E pollFirst() {
        Node<E> above = null;
        Node<E> node = root;
        while (node.left != null) {
            node.size--;
            above = node;
            node = node.left;
        }
        if (above == null) {
            root = node.right;
        } else {
            above.left = node.right;
        }
        return node.element;
    }

    /** Removes an element that is in the set. */
    void remove(E element) {
        // Often; and it spares looking at the elements on the way.
        if (first() == element) {
            pollFirst();
        } else {
            root = remove(root, element);
        }
    }

    /** How many elements come before this one, which need not be in the set. */
    int indexOf(E element) {
        int before = 0;
        Node<E> node = root;
        while (node != null) {
            if (order.compare(node.element, element) < 0) {
                before += size(node.left) + 1;
                node = node.right;
            } else {
                node = node.left;
            }
        }
        return before;
    }

    /** Gives the elements from an index on to a visitor until it answers false; false if it did. */
    boolean visit(int from, Predicate<? super E> visitor) {
        return visit(root, from, visitor);
    }

    private static <E> boolean visit(Node<E> node, int from, Predicate<? super E> visitor) {
        if (node == null || from >= node.size) {
            return true;
        }
        int left = size(node.left);
        return (from >= left || visit(node.left, from, visitor))
                && (from > left || visitor.test(node.element))
                && visit(node.right, from - left - 1, visitor);
    }

    private Node<E> add(Node<E> tree, Node<E> added) {
        if (tree == null) {
            return added;
        }
        if (added.weight > tree.weight) {
            split(tree, added);
            return added.recounted();
        }
        if (order.compare(added.element, tree.element) < 0) {
            tree.left = add(tree.left, added);
        } else {
            tree.right = add(tree.right, added);
        }
        tree.size++;
        return tree;
    }

    private static <E> Node<E> append(Node<E> tree, Node<E> added) {
        if (tree == null || added.weight > tree.weight) {
            added.left = tree;
            return added.recounted();
        }
        tree.right = append(tree.right, added);
        tree.size++;
        return tree;
    }

    /** Hangs what is before and what is after the element of {@code pivot} below it. */
    private void split(Node<E> tree, Node<E> pivot) {
        if (tree == null) {
            pivot.left = null;
            pivot.right = null;
        } else if (order.compare(tree.element, pivot.element) < 0) {
            split(tree.right, pivot);
            tree.right = pivot.left;
            pivot.left = tree.recounted();
        } else {
            split(tree.left, pivot);
            tree.left = pivot.right;
            pivot.right = tree.recounted();
        }
    }

    private Node<E> remove(Node<E> tree, E element) {
        if (tree == null) {
            throw new IllegalArgumentException("not in the set: " + element);
        }
        int comparison = order.compare(element, tree.element);
        if (comparison == 0) {
            return merged(tree.left, tree.right);
        }
        if (comparison < 0) {
            tree.left = remove(tree.left, element);
        } else {
            tree.right = remove(tree.right, element);
        }
        tree.size--;
        return tree;
    }

    private static <E> Node<E> merged(Node<E> low, Node<E> high) {
        if (low == null || high == null) {
            return low == null ? high : low;
        }
        if (low.weight > high.weight) {
            low.right = merged(low.right, high);
            return low.recounted();
        }
        high.left = merged(low, high.left);
        return high.recounted();
    }

    private static int size(Node<?> node) {
        return node == null ? 0 : node.size;
    }

    private int nextWeight() {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        return random;
    }
}
